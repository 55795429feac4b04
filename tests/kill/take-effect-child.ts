import { Database } from '../../src/foundation/database/database.ts'
import { startDay } from '../../src/flows/parts/start-day.ts'

/** What the server does at its start, in a process of its own that a test may kill: the connections come by the environment. */
const { app, owner } = JSON.parse(process.env['YINQIAO_KILL_DATABASE'] ?? '{}') as { app: object; owner: object }
const db = new Database(app, owner, () => Promise.resolve())
process.stdout.write('begun\n')
await startDay({ db })
await db.close()
