import type { Config } from '../config/config.ts'
import type { BilingualText } from '../config/named-failure.ts'
import { Database } from './database.ts'
import { migrate, type MigrationReport } from './migrate.ts'
import { ensureRoles } from './roles.ts'
import { databaseLoginKey, startDatabase, type StartedDatabase } from './start-database.ts'

export type OpenDatabase = {
  db: Database
  started: StartedDatabase
  migrations: MigrationReport
  /** Ends all connections and gives the embedded server up. */
  close(): Promise<void>
}

/** Everything from a configuration to a database that work can begin on: server started or joined, roles made, migrations applied. Throws NamedFailure. */
export async function openDatabase(config: Config, onStage: (text: BilingualText) => void = () => undefined): Promise<OpenDatabase> {
  const started = await startDatabase(config, onStage)
  try {
    const login = await ensureRoles(started.connectionOptions, { keyFile: started.kind === 'embedded' ? null : databaseLoginKey(config.keysDir) })
    const migrations = await migrate(started.connectionOptions, {
      onProgress: (name, done, total) => onStage({ zh: `更新数据结构 ${done + 1}/${total}：${name}`, en: `updating the tables ${done + 1}/${total}: ${name}` }),
    })
    const db = new Database(login, started.connectionOptions, () => started.ensureRunning())
    return {
      db,
      started,
      migrations,
      async close() {
        await db.close()
        await started.stop()
      },
    }
  } catch (error) {
    await started.stop()
    throw error
  }
}
