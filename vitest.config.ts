import { defineConfig } from 'vitest/config'

// The name of a test says what it needs: x.test.ts nothing, x.db.test.ts a PostgreSQL, x.http.test.ts a server, x.browser.test.ts a browser, x.long.test.ts time.
const kinds = ['db', 'http', 'browser', 'long']
const database = ['tests/support/global-database.ts']
const folders = ['src', 'tests', 'tools']
const named = (kind: string): string[] => folders.map((folder) => `${folder}/**/*.${kind}.test.{ts,tsx}`)
// the samples of the structure tests are no tests
const exclude = ['**/node_modules/**', 'tests/structure/**']
const slow = { testTimeout: 120_000, hookTimeout: 180_000, exclude }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // the files of a worker share what they import: loading the whole product anew for each of 200 files took a third of the time. No test changes what a module keeps
    isolate: false,
    // no test reads the settings of the person who runs it
    env: { DATABASE_URL: '', YINQIAO_DATA: '', YINQIAO_CONFIG: '', YINQIAO_LANG: '', PORT: '', TZ: 'Asia/Shanghai' },
    projects: [
      { extends: true, test: { name: 'unit', include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`), exclude: [...exclude, ...kinds.flatMap(named)], testTimeout: 30_000 } },
      { extends: true, test: { name: 'structure', include: ['tests/structure/*.test.ts'], testTimeout: 120_000 } },
      { extends: true, test: { name: 'db', include: named('db'), globalSetup: database, ...slow } },
      { extends: true, test: { name: 'http', include: named('http'), globalSetup: database, ...slow } },
      { extends: true, test: { name: 'browser', include: named('browser'), globalSetup: database, ...slow } },
      { extends: true, test: { name: 'long', include: named('long'), globalSetup: database, fileParallelism: false, exclude, testTimeout: 3_600_000, hookTimeout: 600_000 } },
    ],
  },
})
