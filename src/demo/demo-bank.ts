import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { signOffDeliveryRoute } from '../deliveries/sign-off-delivery.ts'
import { loadDelivery } from '../flows/load-delivery.ts'
import { setUpBank } from '../flows/set-up-bank.ts'
import { judgeTiersAnew } from '../customers/refresh-tiers.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { JobStopped, type OnProgress } from '../foundation/jobs/run-job.ts'
import { change } from '../foundation/store/store.ts'
import { actAs } from './act-as.ts'
import { plannedCustomer } from './customer-plan.ts'
import { customers, demoBank, demoPassword, people, settledMonths } from './known-cases.ts'
import { makeDuplicates } from './make-duplicates.ts'
import { makeFiles } from './make-file.ts'
import { makeContacts } from './make-contacts.ts'
import { makeDuties } from './make-duties.ts'
import { enterIndicatorFacts, installDemoScheme, settleAndClose } from './make-pay.ts'
import { makeLists } from './make-lists.ts'
import { makeRelations } from './make-relations.ts'
import { makeNeeds } from './make-needs.ts'
import { makeOwnership } from './make-ownership.ts'
import { makeStories } from './make-stories.ts'
import { makeTiers } from './make-tiers.ts'
import { makeWatch } from './make-watch.ts'
import { giveDemoPasswords, hashedDemoPassword, makeOrganisation } from './make-organisation.ts'
import { writeDelivery } from './write-delivery.ts'

/** small: the customers of the stories, for tests; full: all three thousand. */
export type DemoSize = 'small' | 'full'
const fullSize = 3_000
const managersOfTheStory: readonly string[] = [people.manager, people.colleague, people.assistant, people.otherBranchManager, people.corporateManager, people.formerlyGranted]

/** Which customers come first: those of the stories, 李晓雯's, and some of the people around her. */
function firstCustomers(): number[] {
  return numbers().filter((index) => {
    if (index <= Object.keys(customers).length) return true
    const manager = plannedCustomer(index).manager?.staffNo
    return manager === people.manager || (index <= 700 && manager !== undefined && managersOfTheStory.includes(manager))
  })
}

/** For tests: the known customers and a few of the same managers. */
function fewCustomers(): number[] {
  return numbers().filter((index) => index <= Object.keys(customers).length || (index <= 260 && managersOfTheStory.includes(plannedCustomer(index).manager?.staffNo ?? '')))
}

const numbers = (): number[] => Array.from({ length: fullSize }, (_, place) => place + 1)

/** What is done, kept in the bank's own settings: a demo bank whose making was cut off goes on where it was. */
type Step =
  | 'organisation'
  | 'passwords'
  | 'first-customers'
  | 'first-contacts'
  | 'stories'
  | 'relations'
  | 'files'
  | 'first-watch'
  | 'all-watch'
  | 'all-customers'
  | 'all-contacts'
  | 'ownership'
  | 'lists'
  | 'tiers' | 'scheme'
  | 'indicator-facts'
  | `settled-${string}`
  | 'duplicates'
  | 'needs'
  | 'duties'
  | 'whole'

export type Making = { services: Services; onProgress: OnProgress; signal: AbortSignal | null }

/** Is there a demo bank to make or to go on with? `other`: the data directory holds another bank, which is left alone. */
export async function demoState(services: Services): Promise<'none' | 'other' | 'begun' | 'whole'> {
  const bank = await services.db.asBatch((tx) => tx.maybe(sql<{ is_demo: boolean; done: boolean }>`SELECT is_demo, settings->'demoSteps' ? 'whole' AS done FROM bank`))
  if (!bank) return 'none'
  if (!bank.is_demo) return 'other'
  return bank.done ? 'whole' : 'begun'
}

/** Makes the demo bank, or goes on where it was cut off. Refuses a data directory that holds another bank. */
export async function makeDemoBank(services: Services, { size, onProgress, signal = null }: { size: DemoSize; onProgress: OnProgress; signal?: AbortSignal | null }): Promise<void> {
  const making: Making = { services, onProgress, signal }
  await makeFirstPart(making, size)
  await growDemoBank(making, size)
}

const makingLock = 7215330351

/** One process makes the demo bank at a time; the lock goes with the process. */
async function alone(services: Services, work: () => Promise<void>): Promise<void> {
  await services.db.asBatch(async (tx) => {
    const taken = async (): Promise<boolean> => (await tx.one(sql<{ taken: boolean }>`SELECT pg_try_advisory_xact_lock(${makingLock}::bigint) AS taken`)).taken
    // the connection of a process that was killed a moment ago may still be ending
    let free = await taken()
    for (let tries = 0; !free && tries < 5; tries++) {
      await pause(500)
      free = await taken()
    }
    if (!free) throw new NamedFailure('demo-in-work', { zh: '另一个程序正在建立演示银行，请等它结束', en: 'another process is making the demo bank: wait until it has ended' })
    await work()
  })
}

/** What a first look needs: the organisation, who may sign in, the first customers with two years of history, their contacts. */
export function makeFirstPart(making: Making, size: DemoSize = 'full'): Promise<void> {
  return alone(making.services, () => firstPart(making, size))
}

async function firstPart(making: Making, size: DemoSize): Promise<void> {
  const { services, onProgress } = making
  const state = await demoState(services)
  if (state === 'other') throw new NamedFailure('another-bank', { zh: '此数据目录属于另一家银行，不建立演示银行', en: 'this data directory holds another bank: no demo bank is made in it' })
  if (state === 'none') {
    await setUpBank(services, {
      code: demoBank.code, nameZh: demoBank.nameZh, nameEn: demoBank.nameEn, currency: 'CNY', calendar: 'china', businessDate: demoBank.today, isDemo: true, settings: { demoPassword, demoSteps: [] },
    })
  }
  const first = size === 'small' ? fewCustomers() : firstCustomers()
  await step(making, 'organisation', makeOrganisation)
  const passwordHash = await hashedDemoPassword()
  await step(making, 'passwords', (tx) => giveDemoPasswords(tx, passwordHash))
  await longStep(making, 'first-customers', async () => {
    const deliveryId = await deliver(making, first)
    // the data steward compared the totals; the delivery of the rest still waits for him
    await actAs(services, { staffNo: people.dataSteward, day: demoBank.today, route: signOffDeliveryRoute, params: { deliveryId }, key: `demo-${deliveryId}` })
  })
  await longStep(making, 'first-contacts', () => makeContacts(services, first, onProgress))
  await longStep(making, 'stories', () => makeStories(services))
  await longStep(making, 'files', () => makeFiles(services))
  await longStep(making, 'first-watch', () => makeWatch(services))
  await longStep(making, 'needs', () => makeNeeds(services))
}

/** The rest, while people work: all customers, their contacts, what is entered by form, three months settled and closed. */
export function growDemoBank(making: Making, size: DemoSize = 'full'): Promise<void> {
  return alone(making.services, () => grow(making, size))
}

async function grow(making: Making, size: DemoSize): Promise<void> {
  const { services, onProgress } = making
  if (size === 'full') {
    const first = new Set(firstCustomers())
    const rest = numbers().filter((index) => !first.has(index))
    await longStep(making, 'all-customers', () => deliver(making, rest))
    await longStep(making, 'all-contacts', () => makeContacts(services, rest, onProgress))
    await longStep(making, 'ownership', () => makeOwnership(services))
    await longStep(making, 'all-watch', () => makeWatch(services))
  }
  await longStep(making, 'lists', () => makeLists(services, size === 'full'))
  await longStep(making, 'relations', () => makeRelations(services, size === 'full' ? numbers() : fewCustomers()))
  await longStep(making, 'tiers', () => makeTiers(services, onProgress))
  await longStep(making, 'scheme', () => installDemoScheme(services))
  await longStep(making, 'indicator-facts', () => enterIndicatorFacts(services, (staffNo) => size === 'full' || staffNo === people.teamLead || managersOfTheStory.includes(staffNo), onProgress))
  for (const month of settledMonths) await longStep(making, `settled-${month}`, () => settleAndClose(services, month, onProgress))
  await longStep(making, 'duplicates', () => makeDuplicates(services, onProgress))
  await longStep(making, 'duties', () => makeDuties(services, onProgress))
  await longStep(making, 'whole', () => Promise.resolve())
}

/** These customers as a delivery of the core system, written into a folder of its own and loaded like any other. */
async function deliver({ services, onProgress, signal }: Making, indexes: readonly number[]): Promise<string> {
  const dir = join(services.config.dataDir, 'demo-delivery')
  // what a killed process left
  rmSync(dir, { recursive: true, force: true })
  try {
    const tell: OnProgress = (_stage, done, total) => onProgress('编写交付 / writing deliveries', done, total)
    await writeDelivery(dir, { indexes, count: indexes.length, historyFrom: demoBank.historyFrom, historyTo: demoBank.lastBookedDay, span: { after: null, to: demoBank.lastBookedDay }, kind: 'DELTA', withOrganisation: false }, tell)
    // these customers come with a past
    await services.db.asBatch(judgeTiersAnew)
    // of the many stages of a load three are told
    const told: OnProgress = (stage, done, total) => onProgress(stage.startsWith('装载') ? '装载 / loading' : stage.startsWith('读取') ? '读取 / reading' : '校验 / checking', done, total)
    const { deliveryId } = await loadDelivery(services, { dir, profile: 'yinqiao', onProgress: told, ...(signal === null ? {} : { signal }), firstPasswords: false })
    return deliveryId
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** A step in one transaction with the mark that it is done. */
async function step({ services, signal }: Making, name: Step, work: (tx: Transaction) => Promise<unknown>): Promise<void> {
  if (signal?.aborted) throw new JobStopped('stopped')
  await services.db.asBatch(async (tx) => {
    if (await isDone(tx, name)) return
    await work(tx)
    await markDone(tx, name)
  })
}

/** A step of several transactions, each of which finds what it made before; the mark comes last. */
async function longStep({ services, signal }: Making, name: Step, work: () => Promise<unknown>): Promise<void> {
  if (signal?.aborted) throw new JobStopped('stopped')
  if (await services.db.asBatch((tx) => isDone(tx, name))) return
  await work()
  await services.db.asBatch((tx) => markDone(tx, name))
}

async function isDone(tx: Transaction, name: Step): Promise<boolean> {
  const { done } = await tx.one(sql<{ done: boolean }>`SELECT coalesce(settings->'demoSteps' ? ${name}, false) AS done FROM bank`)
  return done
}

async function markDone(tx: Transaction, name: Step): Promise<void> {
  const { settings } = await tx.one(sql<{ settings: Record<string, unknown> & { demoSteps?: string[] } }>`SELECT settings FROM bank`)
  await change(tx, 'bank', { one: true }, { settings: { ...settings, demoSteps: [...(settings.demoSteps ?? []), name] } }, { why: `demo bank: ${name}` })
}
