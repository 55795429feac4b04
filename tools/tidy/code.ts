import { builtinModules } from 'node:module'
import ts from 'typescript'
import { everyNode, isTest, lineOf, type House } from './tree.ts'

/** What TypeScript's strictness leaves open, what a rule may not touch, and files that only hand on. */
export function checkCode(house: House): void {
  const { find } = house
  const packages = declaredPackages(house)
  for (const [path, source] of house.sources) {
    const rules = path.endsWith('.rules.ts')
    everyNode(source, (node) => {
      const at = (rule: string, text: string): void => find(rule, path, lineOf(source, node), text)
      if (node.kind === ts.SyntaxKind.AnyKeyword) at('no-any', 'say what it is, or unknown')
      if (ts.isNonNullExpression(node)) at('no-non-null', `${node.getText(source)}: check it, or throw with a reason`)
      if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'en' && ts.isStringLiteralLike(node.initializer)) {
        const { text } = node.initializer
        for (const [, name = ''] of text.matchAll(/\{(\w+)\|/g)) if (!text.includes(`{${name}}`)) at('plural-has-its-number', `“${text}” chooses a form by {${name}} and does not tell it`)
      }
      if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.exclamationToken) at('no-non-null', `${node.name.getText(source)} is promised, not set`)
      if (rules) {
        const used = clockOrChance(node, source)
        if (used !== undefined) at('rules-have-no-clock-or-chance', `${used}: hand it in`)
      }
    })
    for (const [index, line] of source.text.split('\n').entries()) {
      if (/^\s*(\/\/|\/\*|\*).*@ts-(ignore|expect-error|nocheck)/.test(line)) find('no-silenced-compiler', path, index + 1, line.trim())
    }
    if (rules && !house.tree.has(path.replace(/\.ts$/, '.test.ts')) && !house.tree.has(path.replace(/\.rules\.ts$/, '.test.ts'))) {
      find('rules-have-a-test', path, 0, `no ${path.split('/').at(-1)?.replace(/\.ts$/, '.test.ts') ?? ''} beside it`)
    }
    const handsOn = source.statements.filter((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier)
    if (handsOn.length > 0 && handsOn.length === source.statements.filter((statement) => !ts.isImportDeclaration(statement)).length) find('no-barrels', path, 0, 'only hands on what others define')
    if (!path.startsWith('src/') || isTest(path) || !packages) continue
    for (const { specifier, node, typeOnly } of imports(source)) {
      const name = /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(specifier)?.[1]
      if (name !== undefined && !typeOnly && !specifier.startsWith('node:') && !builtinModules.includes(name) && !packages.has(name)) {
        find('packages-are-declared', path, lineOf(source, node), `${name} is not among the dependencies of package.json`)
      }
    }
  }
}

/** Every import with its specifier; `import type` is erased. */
export function imports(source: ts.SourceFile): { specifier: string; node: ts.Node; typeOnly: boolean }[] {
  const found: { specifier: string; node: ts.Node; typeOnly: boolean }[] = []
  everyNode(source, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : node.isTypeOnly
      found.push({ specifier: node.moduleSpecifier.text, node, typeOnly })
    }
    const given = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined
    if (given && ts.isStringLiteral(given)) found.push({ specifier: given.text, node, typeOnly: false })
  })
  return found
}

function clockOrChance(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText(source) === 'Date' && (node.arguments?.length ?? 0) === 0) return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText(source) === 'Date') return 'Date()'
  if (ts.isPropertyAccessExpression(node) && /^(globalThis\.)?(Date\.now|Math\.random|performance\.\w+|crypto\.\w+|process\.\w+|Temporal\.Now)$/.test(node.getText(source))) return node.getText(source)
  if (ts.isCallExpression(node) && /^(fetch|setTimeout|setInterval|newId)$/.test(node.expression.getText(source))) return node.expression.getText(source)
  return undefined
}

function declaredPackages(house: House): Set<string> | undefined {
  const text = house.tree.get('package.json')
  if (text === undefined) return undefined
  const told: unknown = JSON.parse(text)
  const at = (key: string): string[] => {
    const value = typeof told === 'object' && told !== null ? new Map<string, unknown>(Object.entries(told)).get(key) : undefined
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  }
  return new Set([...at('dependencies'), ...at('optionalDependencies')])
}
