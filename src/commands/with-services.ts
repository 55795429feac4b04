import type { CommandRun } from '../foundation/cli/command.ts'
import type { Services } from '../foundation/http/route.ts'

/** Opens the database (starts or joins the embedded server, migrates), makes the services, does the work and closes, also after an error. */
export async function withServices<T>(run: CommandRun, work: (services: Services) => Promise<T>): Promise<T> {
  const config = run.config()
  const [{ openDatabase }, { makeServices }] = await Promise.all([import('../foundation/database/open-database.ts'), import('../server.ts')])
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    return await work(makeServices(config, open.db))
  } finally {
    await open.close()
  }
}
