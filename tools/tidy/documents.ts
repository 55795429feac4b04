import type { House } from './tree.ts'

const builtIn = ['foundation', 'ui', 'flows', 'reports', 'desk', 'commands', 'demo']

/** The map names every folder; every folder of src is a room we know; documents speak of the product only. */
export function checkDocuments({ tree, rooms, find }: House): void {
  const paths = [...tree.keys()]
  const top = new Set(paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))
  const inSource = new Set(paths.filter((path) => /^src\/[^/]+\//.test(path)).map((path) => path.split('/')[1] ?? ''))
  const map = tree.get('docs/map.md')
  if (map === undefined) find('map-names-every-folder', 'docs/map.md', 0, 'is not there')
  else {
    const named = new Set([...map.matchAll(/`([^`\s]+?)\/?`/g)].map((match) => match[1]))
    for (const folder of [...top, ...[...inSource].map((name) => `src/${name}`)]) if (!named.has(folder)) find('map-names-every-folder', 'docs/map.md', 0, `\`${folder}/\` is missing`)
    for (const folder of named) {
      const inTree = folder === undefined || !/^(src|tools|tests|docs|db)\/[\w-]+$/.test(folder) || paths.some((path) => path === folder || path.startsWith(`${folder}/`))
      if (!inTree) find('map-names-every-folder', 'docs/map.md', 0, `\`${folder}/\` is not there (rooms to come stand without src/)`)
    }
  }
  for (const folder of inSource) if (!builtIn.includes(folder) && !rooms.has(folder)) find('rooms-are-known', `src/${folder}`, 0, 'is no room of tools/rooms.json')

  for (const [path, content] of tree) {
    if (!/\.(md|ya?ml|sql|html|tsx?|mjs|json)$|(^|\/)run$/.test(path) || path === 'package-lock.json') continue
    for (const [index, line] of content.split('\n').entries()) {
      const machine = /(?<![\w.:/-])(\/(work|home|root|Users|mnt|var\/folders)\/[\w.-]+|[A-Z]:\\Users\\\w+)|\.\.\/shared\//.exec(line)
      if (machine) find('no-machine-paths', path, index + 1, machine[0])
      if (path.endsWith('.md')) {
        const author = /\b(generated (by|with)|co-authored-by|language model|AI[- ](generated|written|assisted)|chat ?bot|copilot)\b/i.exec(line)
        if (author) find('documents-speak-of-the-product', path, index + 1, author[0])
      }
    }
  }
}
