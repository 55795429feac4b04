import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { NamedFailure } from '../config/named-failure.ts'
import { writeOnce } from '../secrets/write-once.ts'

/** Roles that nobody signs in with: a transaction takes one of them (src/foundation/database/transaction.ts). */
export const scopeRoles = ['yq_self', 'yq_unit', 'yq_all', 'yq_opened', 'yq_restricted', 'yq_compliance', 'yq_secret', 'yq_aml', 'yq_auditor', 'yq_engine', 'yq_office', 'yq_batch', 'yq_public'] as const

export type LoginOptions = {
  /** File of the key that makes the password (0600, made at first use); null: the server asks for none (embedded, private socket). */
  keyFile: string | null
}

type RoleRow = { rolname: string; rolcanlogin: boolean; rolsuper: boolean; rolbypassrls: boolean; rolinherit: boolean; rolcreaterole: boolean; rolcreatedb: boolean }

/**
 * Makes the roles and the login with which the application connects for requests: no superuser, cannot pass row-level security, sees nothing by
 * itself (NOINHERIT), may take each scope role. Returns the options of that login. Roles belong to the whole server, not to a database: two
 * products on one server share the scope roles and have a login each. Runs as often as you like. Throws NamedFailure 'database-roles'.
 */
export async function ensureRoles(owner: pg.PoolConfig, login: LoginOptions): Promise<pg.PoolConfig> {
  const client = new pg.Client(owner)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows: [place] } = await client.query<{ name: string }>('SELECT current_database() AS name')
    const database = place?.name ?? ''
    const name = loginName(database)
    const password = login.keyFile === null ? null : createHmac('sha256', readLoginKey(login.keyFile)).update(`${name}\0${database}`).digest('base64url')
    await withoutRace(() => makeRoles(client, name, password))
    return { ...withoutUrl(owner, database), user: name, ...(password === null ? {} : { password }) }
  } finally {
    await client.end()
  }
}

/** The application's login for a database of a server. */
export function loginName(database: string): string {
  return `yq_app_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`
}

async function makeRoles(client: pg.Client, login: string, password: string | null): Promise<void> {
  // the lock holds back others in this database only; those in another database of the server meet in withoutRace
  await client.query('BEGIN; SELECT pg_advisory_xact_lock(7215330115)')
  try {
    const wanted = [...scopeRoles, login]
    const { rows } = await client.query<RoleRow>('SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = ANY($1)', [wanted])
    const existing = new Map(rows.map((row) => [row.rolname, row]))
    for (const role of existing.values()) checkRole(role, role.rolname === login)
    for (const role of scopeRoles) if (!existing.has(role)) await client.query(`CREATE ROLE ${role} NOLOGIN`)
    if (!existing.has(login)) await client.query(`CREATE ROLE ${login} LOGIN NOINHERIT`)
    const { rows: granted } = await client.query<{ role: string }>(
      'SELECT r.rolname AS role FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles l ON l.oid = m.member WHERE l.rolname = $1', [login])
    const missing = scopeRoles.filter((role) => !granted.some((row) => row.role === role))
    if (missing.length > 0) await client.query(`GRANT ${missing.join(', ')} TO ${login}`)
    const tooMuch = granted.filter((row) => !(scopeRoles as readonly string[]).includes(row.role))
    if (tooMuch.length > 0) throw wrongRole(login, `${tooMuch.map((row) => row.role).join(', ')}`)
    // the server is given the derived form, so that the password itself never stands in a statement or a log
    if (password !== null) await client.query(`ALTER ROLE ${login} PASSWORD ${pg.escapeLiteral(scramVerifier(password, createHash('sha256').update(login).digest().subarray(0, 16)))}`)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    if ((error as { code?: string }).code === '42501') {
      throw new NamedFailure('database-roles', {
        zh: `数据库用户无权建立角色：请由管理员执行 ALTER ROLE <用户> CREATEROLE，或以管理员身份运行一次 npx yinqiao migrate`,
        en: `the database user may not make roles: let an administrator run ALTER ROLE <user> CREATEROLE, or run npx yinqiao migrate once as an administrator`,
      }, { cause: error })
    }
    throw error
  }
}

function checkRole(role: RoleRow, isLogin: boolean): void {
  const may = [role.rolsuper && 'SUPERUSER', role.rolbypassrls && 'BYPASSRLS', isLogin && role.rolinherit && 'INHERIT', role.rolcreaterole && 'CREATEROLE', role.rolcreatedb && 'CREATEDB'].filter(Boolean)
  if (may.length > 0) throw wrongRole(role.rolname, may.join(', '))
}

function wrongRole(role: string, what: string): NamedFailure {
  return new NamedFailure('database-roles', {
    zh: `角色 ${role} 的权限过大（${what}），数据范围将失效：请收回后再启动`,
    en: `the role ${role} may do too much (${what}), so nobody's scope would hold: take it away and start again`,
  })
}

const raceCodes = ['42710', '23505', 'XX000', '40001', '40P01'] // made by somebody else at the same moment, in another database of the server

async function withoutRace(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries >= 20 || !raceCodes.includes((error as { code?: string }).code ?? '')) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 * tries))
    }
  }
}

// The password of the address must not be the application's: the address is taken apart and only its place is kept.
function withoutUrl(owner: pg.PoolConfig, database: string): pg.PoolConfig {
  if (owner.connectionString === undefined) return { ...owner, database }
  const client = new pg.Client(owner)
  return {
    host: client.host, port: client.port, database,
    ...((client as unknown as { ssl?: pg.PoolConfig['ssl'] }).ssl ? { ssl: (client as unknown as { ssl: pg.PoolConfig['ssl'] }).ssl } : {}),
    connectionTimeoutMillis: owner.connectionTimeoutMillis, application_name: owner.application_name, options: owner.options,
  }
}

/** What PostgreSQL stores of a password (RFC 5803). The salt is the role's, so that the same password gives the same text. */
export function scramVerifier(password: string, salt: Buffer, iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const mac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(mac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${mac('Server Key').toString('base64')}`
}

function readLoginKey(path: string): Buffer {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeOnce(path, `${randomBytes(32).toString('hex')}\n`)
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new NamedFailure('database-login-key', { zh: `密钥文件 ${path} 不完整：请从备份恢复，或删除后重新启动`, en: `the key file ${path} is not whole: restore it from the backup, or delete it and start again` })
  return key
}
