import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import type { Finding } from '../finding.ts'

/** The repository as the tidy check sees it: path from the root → text ('' for pictures and other binary files). */
export type Tree = ReadonlyMap<string, string>

const notOurs = /^(node_modules|\.git|dist|coverage|screenshots|test-output|\.vite|data|data-.*|.*\.log)$/
const text = /\.(tsx?|mjs|cjs|js|json|sql|md|ya?ml|html|css|toml|txt)$|(^|\/)(run|CHECKSUMS|LICENSE|\.editorconfig|\.gitignore)$/

/** Reads a tree from disk. The bad samples are left out: they are trees of their own. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = folder === '' ? name : `${folder}/${name}`
      if ((folder === '' && notOurs.test(name)) || name === 'node_modules' || path === 'tests/structure/bad') continue
      if (statSync(join(root, path)).isDirectory()) walk(path)
      else tree.set(path, text.test(path) ? readFileSync(join(root, path), 'utf8') : '')
    }
  }
  walk('')
  return tree
}

/** One tree over another: what the second has replaces the first; a file that holds only "(removed)" takes it away. */
export function over(below: Tree, above: Tree): Tree {
  const both = new Map([...below, ...above])
  for (const [path, content] of above) if (content.trim() === '(removed)') both.delete(path)
  return both
}

/** What every part of the check is handed. */
export type House = {
  tree: Tree
  rooms: ReadonlySet<string>
  /** Parsed TypeScript of src, tools and tests. */
  sources: ReadonlyMap<string, ts.SourceFile>
  find: (rule: string, file: string, line: number, text: string) => void
}

export function openHouse(tree: Tree, findings: Finding[]): House {
  const sources = new Map<string, ts.SourceFile>()
  for (const [path, content] of tree) {
    if (/^(src|tools|tests)\/.*\.tsx?$/.test(path)) {
      sources.set(path, ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS))
    }
  }
  const declared: unknown = JSON.parse(tree.get('tools/rooms.json') ?? '{}')
  return {
    tree,
    sources,
    rooms: new Set(typeof declared === 'object' && declared !== null ? Object.keys(declared) : []),
    find: (rule, file, line, found) => findings.push({ rule, file, line, text: found }),
  }
}

export const lineOf = (source: ts.SourceFile, node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1

/** Visits every node below (and with) this one. */
export function everyNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => everyNode(child, visit))
}

/** A test, or a helper of tests: it may set the stage as it likes. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|(^|[/-])testing\.ts$|^tests\//.test(path)
