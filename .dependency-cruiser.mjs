// The direction rules of the house: who may import whom. Run by tools/check-directions.ts (npm run check) and by
// tests/structure/directions.test.ts, where each rule has a deliberately bad sample in tests/structure/bad/directions.
import { readFileSync } from 'node:fs'

const rooms = Object.keys(JSON.parse(readFileSync(new URL('./tools/rooms.json', import.meta.url), 'utf8')))
const room = `(${rooms.join('|')})`

// Tests that set a whole stage (a database, a server, a browser) may reach for it; pure tests obey the rules of their folder.
const stageTest = '\\.(db|http|browser|long)\\.test\\.tsx?$'
const anyTest = '\\.test\\.tsx?$|(^|[/-])testing\\.ts$|^tests/'
const values = '^src/foundation/values/'
const contract = '(^|[/.])contract\\.ts$'
const rules = '\\.rules\\.ts$'
// Thresholds, tariffs and cell maps: they never leave the server.
const thresholds = '^src/(?!ui/|desk/).*-(table|scheme|template)\\.ts$'
// Code that runs in the browser.
const browser = '^src/(ui|desk)/|^src/[^/]+/pages/|\\.tsx$'
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`
const builtin = { dependencyTypes: ['core'] }

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** One npm package, one door. Types are erased and open nothing: foundation may name them. */
const door = (name, packages, path) => [
  rule(`one-door-${name}`, `Only ${path} opens ${packages.join(', ')}.`, { path: '^src/', pathNot: path }, { path: npm(...packages), dependencyTypesNot: ['type-only'] }),
  rule(`one-door-${name}-types`, `The types of ${packages.join(', ')} stay in foundation.`, { path: '^src/', pathNot: '^src/foundation/' }, { path: npm(...packages), dependencyTypes: ['type-only'] }),
]

export default {
  forbidden: [
    rule('capabilities-are-strangers', 'A capability imports no other. Two meet in flows/ (write), reports/ (read) or desk/ (show), or one reads the published facts of the other in SQL.',
      { path: `^src/${room}/`, pathNot: stageTest }, { path: `^src/${room}/`, pathNot: '^src/$1/' }),
    rule('capabilities-never-look-up', 'A capability does not know who uses it.',
      { path: `^src/${room}/`, pathNot: stageTest }, { path: '^src/(flows|reports|desk|commands|demo)/|^src/[^/]+\\.tsx?$' }),
    rule('flows-do-not-call-flows', 'A flow is one story in one transaction. What two share belongs to a capability, or, where it names several capabilities, to flows/parts/, which calls no flow.',
      { path: '^src/flows/', pathNot: anyTest }, { path: '^src/flows/', pathNot: '^src/flows/parts/|\\.(contract|rules)\\.ts$' }),
    rule('flows-look-down', 'A flow calls server files of capabilities and foundation, nothing above it.',
      { path: '^src/flows/', pathNot: stageTest }, { path: '^src/(reports|desk|ui|commands|demo)/|^src/[^/]+\\.tsx?$|^src/[^/]+/pages/' }),
    rule('reports-read-tables-not-code', 'A report is one SQL statement: it imports foundation and its own contract, rules and parts of statements.',
      { path: '^src/reports/(?!pages/)', pathNot: stageTest }, { path: '^src/', pathNot: '^src/foundation/|^src/reports/[^/]+\\.ts$' }),
    rule('rules-are-pure', 'A rule decides from what it is handed: values, its own contract, its own rules.',
      { path: '^src/([^/]+)/.*\\.rules\\.ts$' }, { path: '^src/', pathNot: `${values}|^src/$1/.*\\.(rules|contract)\\.ts$` }),
    rule('rules-import-no-package', 'A rule has no clock, no random, no network: no Node.js module and no package (decimals come through foundation/values).',
      { path: rules }, { dependencyTypesNot: ['local'], pathNot: '^src/' }),
    rule('contracts-are-thin', 'A contract imports foundation/values, the contract maker and contracts of its own folder.',
      { path: '^src/([^/]+)/.*contract\\.ts$' }, { path: '^src/', pathNot: `${values}|^src/foundation/http/contract\\.ts$|^src/$1/.*\\.contract\\.ts$` }),
    rule('contracts-import-only-zod', 'A contract runs in the browser and in the server: zod and no other package.',
      { path: contract }, { pathNot: `^src/|${npm('zod')}` }),
    rule('tables-are-plain', 'A table of thresholds holds dated values; it may name the types of its own rules.',
      { path: '^src/([^/]+)/.*-(?:table|scheme|template)\\.ts$', pathNot: '^src/(ui|desk)/' }, { path: '^src/', pathNot: `${values}|^src/$1/.*\\.rules\\.ts$|^src/foundation/.*\\.rules\\.ts$` }),
    rule('values-are-values', 'foundation/values knows only values: it runs in the browser too.',
      { path: values, pathNot: anyTest }, { path: '^src/', pathNot: values }),
    rule('values-need-no-server', 'foundation/values uses no Node.js module, and of npm only exact decimals, the calendars, pinyin, simplified characters and zod.',
      { path: values, pathNot: anyTest }, { pathNot: `^src/|${npm('decimal\\.js', 'chinese-days', 'lunar-typescript', 'opencc-js', 'pinyin-pro', 'zod')}` }),
    rule('browser-sees-safe-files', 'The browser gets ui, desk, pages, contracts, harmless rules and values; never a server file.',
      { path: browser, pathNot: anyTest },
      { path: '^src/', pathNot: `^src/(ui|desk)/|^src/[^/]+/pages/|\\.tsx$|${contract}|${rules}|${values}` }),
    rule('browser-sees-browser-packages', 'Packages that may travel to the browser are listed here; a Node.js module is none.',
      { path: browser, pathNot: anyTest },
      { pathNot: `^src/|\\.(css|svg|json|png|woff2?)$|${npm('react', 'react-dom', 'react-router', 'antd', '@ant-design/[^/]+', '@tanstack/react-query', 'dayjs', 'echarts', '@xyflow/react', '@dagrejs/dagre', 'zod', 'decimal\\.js', '@types/[^/]+', 'vite', 'csstype')}` }),
    rule('browser-reaches-no-thresholds', 'No table of thresholds, tariff or cell map reaches the browser, at any distance.',
      { path: browser, pathNot: anyTest }, { path: thresholds, reachable: true }),
    rule('browser-reaches-no-server', 'No driver, server or Node.js module reaches the browser, at any distance.',
      { path: browser, pathNot: anyTest }, { path: `${npm('pg', 'pg-boss', 'kysely', 'fastify', 'pino', 'hucre', '@node-rs/argon2')}|^src/foundation/(database|store|journal|jobs|secrets)/`, reachable: true }),
    rule('server-imports-no-screen', 'Server files import no screen.',
      { path: '^src/', pathNot: `${browser}|${anyTest}` }, { path: browser }),
    rule('ui-knows-no-banking', 'ui imports ui, values and the contract maker.',
      { path: '^src/ui/', pathNot: stageTest }, { path: '^src/', pathNot: `^src/ui/|${values}|^src/foundation/http/.*contract\\.ts$` }),
    rule('foundation-knows-no-banking', 'foundation imports foundation.',
      { path: '^src/foundation/', pathNot: stageTest }, { path: '^src/', pathNot: '^src/foundation/' }),
    ...door('database', ['pg', 'kysely', 'pg-copy-streams', 'postgres'], '^src/foundation/database/'),
    ...door('http', ['fastify', '@fastify/[^/]+'], '^src/foundation/http/'),
    ...door('spreadsheets', ['hucre', 'yauzl', 'exceljs'], '^src/foundation/spreadsheets/'),
    ...door('jobs', ['pg-boss'], '^src/foundation/jobs/'),
    ...door('passwords', ['@node-rs/argon2'], '^src/foundation/access/'),
    rule('no-circles', 'Files that need each other are one file, or one of them is two.', {}, { circular: true }),
    { name: 'no-orphans', severity: 'error', comment: 'A file that no other file of the product uses (its own tests do not count) is dead. Entries are listed here.',
      module: { path: '^src/', pathNot: `${anyTest}|\\.d\\.ts$|^src/main\\.ts$|^src/foundation/database/embedded-keeper\\.ts$|^src/desk/main\\.tsx$|\\.(css|svg|html)$`, numberOfDependentsLessThan: 1 },
      from: { path: '^(src|tools)/', pathNot: anyTest } },
    rule('no-barrels', 'No index file that hands on what others define.', {}, { path: '/index\\.tsx?$', pathNot: 'node_modules' }),
    rule('product-imports-no-test', 'The product imports no test, no tool.', { path: '^src/', pathNot: anyTest }, { path: `${anyTest}|^tools/` }),
    rule('every-import-resolves', 'An import must lead to a file.', {}, { couldNotResolve: true, pathNot: '^(virtual:|node:|vite/client)' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tests/structure/bad/|^dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    parser: 'tsc',
  },
}
