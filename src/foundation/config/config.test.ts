import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { configurationPage, describeConfig, readConfig } from './config.ts'
import { NamedFailure } from './named-failure.ts'

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'yq-config-'))
  folders.push(made)
  return made
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true })
})
const failureOf = (work: () => unknown): NamedFailure => {
  try {
    work()
  } catch (error) {
    if (error instanceof NamedFailure) return error
  }
  throw new Error('was accepted')
}

describe('configuration', () => {
  test('nothing set: the defaults, folders below the data folder', () => {
    const dir = folder()
    const { config, sources, file } = readConfig({}, dir)
    expect(config).toMatchObject({ port: 8080, dataDir: join(dir, 'data'), databaseUrl: null, demo: 'auto', keysDir: join(dir, 'data', 'keys'), journalHeadsDir: join(dir, 'data', 'journal-heads'), sessionHours: 10, secureCookies: false })
    expect(sources.port).toBe('default')
    expect(file).toBeNull()
  })

  test('environment goes before the file, the file before the default; its paths start at its folder', () => {
    const dir = folder()
    writeFileSync(join(dir, 'yinqiao.config.json'), JSON.stringify({ port: 9000, host: '0.0.0.0', keysDir: 'k', secureCookies: true }))
    const { config, sources } = readConfig({ PORT: '9100', HOST: '', YINQIAO_DATA: '/srv/yq' }, dir)
    expect(config).toMatchObject({ port: 9100, host: '0.0.0.0', dataDir: '/srv/yq', keysDir: join(dir, 'k'), journalHeadsDir: '/srv/yq/journal-heads', secureCookies: true })
    expect(sources).toMatchObject({ port: 'environment', host: 'file', logLevel: 'default' })
  })

  test.each([
    [{ PORT: '80a' }, 'PORT'], [{ PORT: '65536' }, 'PORT'], [{ PORT: '-1' }, 'PORT'], [{ YINQIAO_DEMO: 'maybe' }, 'YINQIAO_DEMO'],
    [{ YINQIAO_LOG: 'loud' }, 'YINQIAO_LOG'], [{ YINQIAO_SESSION_HOURS: '0' }, 'YINQIAO_SESSION_HOURS'], [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
  ])('%j is refused by name with exit code 2', (environment, name) => {
    const failure = failureOf(() => readConfig(environment, folder()))
    expect(failure).toMatchObject({ failure: 'configuration', exitCode: 2 })
    expect(failure.text.zh).toContain(name)
    expect(failure.text.en).toContain(name)
  })

  test('all wrong settings are told at once', () => {
    expect(failureOf(() => readConfig({ PORT: 'x', YINQIAO_DEMO: 'x' }, folder())).text.en).toMatch(/PORT.*YINQIAO_DEMO/)
  })

  test('a wrong file: missing, broken, unknown key', () => {
    const dir = folder()
    expect(failureOf(() => readConfig({ YINQIAO_CONFIG: 'none.json' }, dir)).text.en).toContain('does not exist')
    writeFileSync(join(dir, 'broken.json'), '{')
    expect(failureOf(() => readConfig({ YINQIAO_CONFIG: 'broken.json' }, dir)).text.en).toContain('not valid JSON')
    writeFileSync(join(dir, 'odd.json'), '{"prot": 1}')
    expect(failureOf(() => readConfig({ YINQIAO_CONFIG: 'odd.json' }, dir)).text.en).toContain('prot in')
  })

  test('a secret is never shown, neither right nor wrong', () => {
    const right = readConfig({ DATABASE_URL: 'postgres://u:s3cret@h/d' }, folder())
    expect(JSON.stringify(describeConfig(right))).not.toContain('s3cret')
    expect(failureOf(() => readConfig({ DATABASE_URL: 's3cret' }, folder())).message).not.toContain('s3cret')
  })

  test('docs/configuration.md is made from the table of settings', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8')).toBe(configurationPage())
  })
})
