import { posix } from 'node:path'
import ts from 'typescript'
import { imports } from './code.ts'
import { everyNode, isTest, lineOf, type House } from './tree.ts'

const routesFile = 'src/routes.ts'
const screensFile = 'src/desk/screens.tsx'

/** Each endpoint of a contract stands exactly once in routes.ts, with an id and an address of its own. */
export function checkEndpoints(house: House): void {
  const { find, sources } = house
  const endpoints = new Map<string, { name: string; file: string; line: number; times: number }>()
  const ids = new Map<string, string>()
  for (const [path, source] of sources) {
    if (!path.startsWith('src/') || !/[/.]contract\.ts$/.test(path)) continue
    for (const [name, value] of constants(source)) {
      if (!ts.isCallExpression(value) || value.expression.getText(source) !== 'endpoint') continue
      endpoints.set(`${path}#${name}`, { name, file: path, line: lineOf(source, value), times: 0 })
      const declared = value.arguments[0]
      const text = (key: string): string => {
        const property = declared && ts.isObjectLiteralExpression(declared) ? declared.properties.find((one) => one.name?.getText(source) === key) : undefined
        return property && ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer) ? property.initializer.text : ''
      }
      for (const own of [text('id'), `${text('method')} ${text('path').replace(/:\w+/g, ':')}`]) {
        const other = ids.get(own)
        if (other !== undefined && own.trim() !== '') find('endpoint-stands-once', path, lineOf(source, value), `${own} is ${other} too`)
        ids.set(own, name)
      }
    }
  }
  const routes = sources.get(routesFile)
  if (!routes) return find('endpoint-stands-once', routesFile, 0, 'is not there')
  everyNode(routes, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText(routes) !== 'routes' || !node.initializer) return
    const list = ts.isArrayLiteralExpression(node.initializer) ? node.initializer.elements : []
    for (const element of list) {
      const key = endpointOf(house, routesFile, element, endpoints)
      const endpoint = endpoints.get(key ?? '')
      if (!endpoint) find('endpoint-stands-once', routesFile, lineOf(routes, element), `${element.getText(routes).slice(0, 60)}: no endpoint of a contract found behind it`)
      else if (++endpoint.times > 1) find('endpoint-stands-once', routesFile, lineOf(routes, element), `${endpoint.name} stands here again`)
    }
  })
  for (const endpoint of endpoints.values()) if (endpoint.times === 0) find('endpoint-stands-once', endpoint.file, endpoint.line, `${endpoint.name} is not in ${routesFile}`)
}

/** Each page stands once in screens.tsx, or is a panel that another screen shows; no two screens have one address. */
export function checkScreens(house: House): void {
  const { find, sources } = house
  const pages = [...sources.keys()].filter((path) => /^src\/[^/]+\/pages\/[^/]+\.tsx$/.test(path) && !isTest(path))
  const screens = sources.get(screensFile)
  if (!screens) {
    if (pages.length > 0) find('screen-stands-once', screensFile, 0, 'is not there')
    return
  }
  const listed = new Map<string, number>()
  const shown = new Set<string>()
  for (const [path, source] of sources) {
    if (isTest(path)) continue
    for (const { specifier, node } of imports(source)) {
      const target = resolve(path, specifier)
      if (path !== screensFile) shown.add(target)
      else {
        listed.set(target, (listed.get(target) ?? 0) + 1)
        if ((listed.get(target) ?? 0) > 1 && pages.includes(target)) find('screen-stands-once', screensFile, lineOf(screens, node), `${target} stands here again`)
      }
    }
  }
  for (const page of pages) if (!listed.has(page) && !shown.has(page)) find('screen-stands-once', page, 0, `is neither in ${screensFile} nor a panel of another screen`)
  const addresses = new Set<string>()
  everyNode(screens, (node) => {
    if (!ts.isPropertyAssignment(node) || node.name.getText(screens) !== 'path' || !ts.isStringLiteral(node.initializer)) return
    if (addresses.has(node.initializer.text)) find('screen-stands-once', screensFile, lineOf(screens, node), `${node.initializer.text} is the address of two screens`)
    addresses.add(node.initializer.text)
  })
}

const resolve = (from: string, specifier: string): string => (specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier)

/** Constants and functions at the top of a file, by name. */
function constants(source: ts.SourceFile): Map<string, ts.Node> {
  const found = new Map<string, ts.Node>()
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) for (const declared of statement.declarationList.declarations) if (declared.initializer) found.set(declared.name.getText(source), declared.initializer)
    if (ts.isFunctionDeclaration(statement) && statement.name) found.set(statement.name.text, statement)
  }
  return found
}

/** Where a name used in a file comes from: "file#name". */
function originOf(source: ts.SourceFile, path: string, name: string): string {
  for (const statement of source.statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined
    if (!bindings || !ts.isNamedImports(bindings) || !ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    for (const one of bindings.elements) if (one.name.text === name) return `${resolve(path, statement.moduleSpecifier.text)}#${one.propertyName?.text ?? one.name.text}`
  }
  return `${path}#${name}`
}

/** The endpoint behind an entry of routes.ts: handle(endpoint, …), a constant that is that, or a function that gives that. */
function endpointOf(house: House, path: string, node: ts.Node, endpoints: ReadonlyMap<string, unknown>, depth = 0): string | undefined {
  const source = house.sources.get(path)
  if (!source || depth > 4) return undefined
  let found: string | undefined
  everyNode(node, (inner) => {
    if (found !== undefined || !ts.isIdentifier(inner)) return
    const origin = originOf(source, path, inner.text)
    if (endpoints.has(origin)) found = origin
  })
  if (found !== undefined) return found
  const name = ts.isIdentifier(node) ? node.text : ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : undefined
  if (name === undefined) return undefined
  const [file = '', there = ''] = originOf(source, path, name).split('#')
  const other = house.sources.get(file)
  const value = other && constants(other).get(there)
  return value && endpointOf(house, file, value, endpoints, depth + 1)
}
