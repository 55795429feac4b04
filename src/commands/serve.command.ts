import type { Command } from 'commander'
import { command, does, type CommandRun } from '../foundation/cli/command.ts'
import { inOneLine } from '../foundation/cli/language.ts'
import type { Config } from '../foundation/config/config.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import type { Services } from '../foundation/http/route.ts'
import { buildBrowserFiles } from './build-browser-files.ts'
import { prepareFirstBank, type DemoLogIn } from './first-bank.ts'

export function register(program: Command): void {
  command(program, 'serve', { zh: '启动网页服务；需要时先建网页文件、启动数据库、更新数据结构', en: 'start the web server; builds the pages, starts the database and updates the tables when needed' })
    .action(does((run) => serve(run)))
}

async function serve(run: CommandRun): Promise<{ json: Record<string, unknown> }> {
  const began = performance.now()
  const config = run.config()
  const [{ openDatabase }, { startServer }] = await Promise.all([import('../foundation/database/open-database.ts'), import('../server.ts')])
  // the build takes one processor, the database the other
  const building = buildBrowserFiles(() => run.tell({ zh: '建立网页文件 …', en: 'building the pages …' }))
  building.catch(() => undefined)
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    await building
    const server = await startServer(config, open.db).catch(async (error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? await portInUse(config) : error
    })
    try {
      const bank = await prepareFirstBank(server.services, run)
      run.progress.end()
      const offer = bank.grow === null ? await offerSetUp(server.services) : null
      tellReady(run, server.address, bank.logIns, open.started.kind, (performance.now() - began) / 1000, offer)
      process.send?.({ ready: true })
      const growing = bank.grow?.(run.signal).catch((error: unknown) => run.tell({ zh: `演示银行没有长完：${reasonOf(error)}`, en: `the demo bank did not grow to its end: ${reasonOf(error)}` }))
      await aborted(run.signal)
      run.tell({ zh: '正在停止 …', en: 'stopping …' })
      // what cannot end within twenty seconds is cut off; the database keeps what was acknowledged
      setTimeout(() => process.exit(1), 20_000).unref()
      await growing
    } finally {
      await server.stop()
    }
  } finally {
    await open.close()
  }
  return { json: { stopped: true } }
}

type SetUpOffer = { code: string; expiresAt: Date }

/** Without a bank: the code with which the first administrator begins one. Told here and kept nowhere. */
async function offerSetUp(services: Services): Promise<SetUpOffer | null> {
  const { issueSetUpCode } = await import('../access/first-administrator.ts')
  return issueSetUpCode(services)
}

function tellReady(run: CommandRun, address: string, logIns: readonly DemoLogIn[], database: 'embedded' | 'server', seconds: number, offer: SetUpOffer | null): void {
  const shown = address.replace('//127.0.0.1:', '//localhost:').replace('//[::1]:', '//localhost:')
  if (run.json) {
    process.stdout.write(`${JSON.stringify({ ok: true, address: shown, database, seconds: Number(seconds.toFixed(2)), logIns, ...(offer === null ? {} : { setUp: { address: `${shown}/begin`, code: offer.code, expiresAt: offer.expiresAt.toISOString() } }) })}\n`)
    return
  }
  run.tell({ zh: `银桥已启动（${seconds.toFixed(1)} 秒）：${shown}`, en: `Yinqiao is running (${seconds.toFixed(1)} s): ${shown}` })
  if (offer !== null) {
    run.tell({ zh: `还没有银行。在 ${shown}/begin 建立银行和管理员，启用码（24 小时内有效，用后作废）：`, en: `there is no bank yet. Begin it, with its administrator, at ${shown}/begin by this code (24 hours, void after use):` })
    run.progress.tell(`  ${offer.code}`)
  }
  if (logIns.length === 0) return
  run.tell({ zh: '演示登录：', en: 'demo log-ins:' })
  for (const { staffNo, password, who } of logIns) run.progress.tell(`  ${staffNo.padEnd(10)} ${password.padEnd(16)} ${inOneLine(who, run.language)}`)
}

/** The port is taken: says whether by another Yinqiao (perhaps one left behind) or by something else. */
async function portInUse(config: Config): Promise<NamedFailure> {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
  const isOurs = await fetch(`http://${host}:${config.port}/healthz`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false)
  return isOurs
    ? new NamedFailure('port-in-use', {
        zh: `端口 ${config.port} 已有一个服务在应答（可能是先前未结束的银桥）：先停止它，或用 PORT 换一个端口`,
        en: `a server answers on port ${config.port} already (perhaps a Yinqiao that did not end): stop it first, or choose another port by PORT`,
      })
    : new NamedFailure('port-in-use', { zh: `端口 ${config.port} 被其他程序占用：用 PORT 换一个端口`, en: `port ${config.port} is taken by another program: choose another one by PORT` })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    // the listener alone does not hold the process; the server does
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
