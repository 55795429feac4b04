import type { Config } from '../../src/foundation/config/config.ts'
import { Database } from '../../src/foundation/database/database.ts'
import { openChannels } from '../../src/messages/open-channels.ts'
import { sendDue } from '../../src/messages/run-outbox.ts'
import { makeServices } from '../../src/server.ts'

/** A round of the outbox in a process of its own that a test may kill: connections, settings and the moment come by the environment. */
type Told = { app: object; owner: object; config: Config; at: string; day: string; time: string }
const { app, owner, config, at, day, time } = JSON.parse(process.env['YINQIAO_KILL_OUTBOX'] ?? '{}') as Told
const db = new Database(app, owner, () => Promise.resolve())
const services = makeServices(config, db)
process.stdout.write('begun\n')
await sendDue(services, openChannels(config), () => ({ day, time, at: new Date(at) }))
await db.close()
