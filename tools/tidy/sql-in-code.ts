import ts from 'typescript'
import { foundationWriters, rawSqlFiles, sharedBookkeeping, writingFiles } from './exceptions.ts'
import type { Table } from './migrations.ts'
import { everyNode, isTest, lineOf, type House } from './tree.ts'

const doors = new Set(['bulk', 'quiet']) // of foundation/store: they take a statement
const storeVerbs = new Set(['add', 'change', 'end', 'bulk', 'quiet'])
const homeOfWrites = /^src\/foundation\/(store|database)\//
const writes: readonly RegExp[] = [
  /\bINSERT\s+INTO\s+(?:ONLY\s+)?(?:\w+\.)?"?([\w$]+)/gi,
  /\bUPDATE\s+(?:ONLY\s+)?(?:\w+\.)?"?([\w$]+)"?\s+(?:AS\s+)?(?:\w+\s+)?SET\b/gi,
  /\bDELETE\s+FROM\s+(?:ONLY\s+)?(?:\w+\.)?"?([\w$]+)/gi,
  /\bMERGE\s+INTO\s+(?:ONLY\s+)?(?:\w+\.)?"?([\w$]+)/gi,
  /\bTRUNCATE\s+(?:TABLE\s+)?(?:\w+\.)?"?([\w$]+)/gi,
  /\bCOPY\s+(?:\w+\.)?"?([\w$]+)"?\s*(?:\([^)]*\)\s*)?FROM\b/gi,
]
const reads = /(?<!DELETE )(?<!DISTINCT )\b(?:FROM|JOIN)\s+(?:ONLY\s+)?(?:\w+\.)?"?([a-z_][a-z0-9_]*)\b"?(?!\s*[(.])/gi

/**
 * Compares the SQL and the store's calls in code with the owners of the tables: each table is written only by its own room and only
 * through the store; reports write nothing; a room reads its own tables and what others publish.
 */
export function checkSqlInCode(house: House, tables: ReadonlyMap<string, Table>): void {
  for (const [path, source] of house.sources) {
    if (!path.startsWith('src/') || isTest(path) || homeOfWrites.test(path)) continue
    const room = path.split('/')[1] ?? ''
    everyNode(source, (node) => {
      if (ts.isPropertyAccessExpression(node) && /^sql\.(raw|lit|literal)$/.test(node.getText(source)) && !(path in rawSqlFiles)) {
        house.find('no-raw-sql', path, lineOf(source, node), `${node.getText(source)} puts text into a statement; bind it, or name it with sql.ref or sql.table`)
      }
      if (ts.isCallExpression(node)) checkStoreCall(house, tables, path, room, source, node)
      const sql = sqlText(node)
      if (sql === undefined) return
      for (const { table, verb } of writtenIn(sql.text, sql.tagged)) {
        const line = lineOf(source, node)
        if (room === 'reports') {
          house.find('reports-only-read', path, line, `${verb} ${table}`)
          continue
        }
        if (!(path in writingFiles) && !givenToStore(node, source)) house.find('writes-go-through-the-store', path, line, `${verb} ${table} is not handed to bulk() or quiet() of foundation/store`)
        checkOwner(house, tables, path, room, line, table)
      }
      if (!sql.tagged || !(house.rooms.has(room) || room === 'foundation')) return
      for (const [, name] of sql.text.matchAll(reads)) {
        const table = tables.get(name ?? '')
        if (table && table.owner !== '' && table.owner !== room && table.owner !== 'foundation') {
          house.find('reads-own-tables-or-published-facts', path, lineOf(source, node), `reads ${table.name} of ${table.owner}; read its published ${table.owner.replaceAll('-', '_')}_…_facts`)
        }
      }
    })
  }
}

/** Text of a template or string that may be SQL; holes that name a table keep the name, others become $. */
function sqlText(node: ts.Node): { text: string; tagged: boolean } | undefined {
  const tagged = ts.isTaggedTemplateExpression(node.parent ?? node) && node.parent !== undefined && (node.parent as ts.TaggedTemplateExpression).tag.getText().startsWith('sql')
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return { text: withoutComments(node.text), tagged }
  if (!ts.isTemplateExpression(node)) return undefined
  const holes = node.templateSpans.map((span) => (/^sql\.(?:table|ref)\('(\w+)'\)$/.exec(span.expression.getText())?.[1] ?? '$') + span.literal.text)
  return { text: withoutComments(node.head.text + holes.join('')), tagged }
}

const withoutComments = (sql: string): string => sql.replace(/--[^\n]*/g, '')

function writtenIn(text: string, tagged: boolean): { table: string; verb: string }[] {
  // prose may say "delete from"; a string that is SQL begins with a verb in capitals
  if (!tagged && !/^\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|WITH)\b/.test(text)) return []
  return writes.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ table: match[1] ?? '$', verb: /\w+/.exec(match[0])?.[0]?.toUpperCase() ?? '' })))
    .filter((write) => !/^(SKIP|OF|NOWAIT|SET)$/i.test(write.table)) // FOR UPDATE SKIP LOCKED, DO UPDATE SET
}

const insideDoor = (node: ts.Node): boolean => {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (ts.isCallExpression(up) && ts.isIdentifier(up.expression) && doors.has(up.expression.text)) return true
  }
  return false
}

/** The statement stands inside bulk(…) or quiet(…), or in a variable or function of this file that is used nowhere else. */
function givenToStore(node: ts.Node, source: ts.SourceFile): boolean {
  if (insideDoor(node)) return true
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent) {
    if (ts.isCallExpression(up) && /\.(run|all|one|maybe|query|execute)$/.test(up.expression.getText())) return false
    const name = (ts.isVariableDeclaration(up) || ts.isFunctionDeclaration(up)) && up.name && ts.isIdentifier(up.name) ? up.name : undefined
    if (!name) continue
    const uses: ts.Node[] = []
    everyNode(source, (other) => {
      if (ts.isIdentifier(other) && other.text === name.text && other !== name && !(ts.isPropertyAccessExpression(other.parent) && other.parent.name === other)) uses.push(other)
    })
    if (uses.length > 0 && uses.every((use) => insideDoor(use) || givenToStore(use, source))) return true
    if (ts.isFunctionDeclaration(up)) return false
  }
  return false
}

function checkStoreCall(house: House, tables: ReadonlyMap<string, Table>, path: string, room: string, source: ts.SourceFile, call: ts.CallExpression): void {
  if (!ts.isIdentifier(call.expression) || !storeVerbs.has(call.expression.text) || !importsFromStore(source, call.expression.text)) return
  const verb = call.expression.text
  const line = lineOf(source, call)
  if (room === 'reports') return house.find('reports-only-read', path, line, `${verb}()`)
  const given = call.arguments[1]
  const named = given && ts.isObjectLiteralExpression(given)
    ? given.properties.find((property) => ts.isPropertyAssignment(property) && property.name.getText() === 'table')
    : undefined
  const table = named && ts.isPropertyAssignment(named) ? named.initializer : given
  if (table && ts.isStringLiteral(table)) checkOwner(house, tables, path, room, line, table.text)
}

const importsFromStore = (source: ts.SourceFile, name: string): boolean =>
  source.statements.some((statement) => ts.isImportDeclaration(statement) && /foundation\/store\/store\.ts|^'\.\.\/store\/store\.ts/.test(statement.moduleSpecifier.getText().replace(/^['"](\.\.\/)+(?=foundation)/, '')) && new RegExp(`\\b${name}\\b`).test(statement.importClause?.getText() ?? ''))

function checkOwner(house: House, tables: ReadonlyMap<string, Table>, path: string, room: string, line: number, name: string): void {
  const table = tables.get(name)
  if (!table || table.owner === '' || table.owner === room) return
  if (table.owner === 'foundation' && (sharedBookkeeping.includes(name) || foundationWriters[room]?.includes(name))) return
  house.find('writes-own-tables', path, line, `${room} writes ${name}, which is owned by ${table.owner}`)
}
