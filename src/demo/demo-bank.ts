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
import { makeCoordination } from './make-coordination.ts'
import { makeFiles } from './make-file.ts'
import { makeForms } from './make-forms.ts'
import { makeCustomerForm } from './make-customer-form.ts'
import { makeIdentity } from './make-identity.ts'
import { makeContacts } from './make-contacts.ts'
import { makeDayReports } from './make-day-reports.ts'
import { makeCoverageLedger } from './make-coverage-ledger.ts'
import { makeDuties } from './make-duties.ts'
import { makeDeferredPay } from './make-deferred-pay.ts'
import { makeAppraisal } from './make-appraisal.ts'
import { makeBlockSchemes } from './make-block-schemes.ts'
import { makeInspections } from './make-inspections.ts'
import { makeIndicators } from './make-indicators.ts'
import { enterIndicatorFacts, installDemoScheme, settleAndClose } from './make-pay.ts'
import { workOutForecast } from '../performance/statement/work-out-forecast.ts'
import { makeLists } from './make-lists.ts'
import { makeMessages } from './make-messages.ts'
import { makePlans } from './make-plans.ts'
import { makePoolAllocations } from './make-pool-allocations.ts'
import { makeRetention } from './make-retention.ts'
import { makeRelations } from './make-relations.ts'
import { makeMeetings } from './make-meetings.ts'
import { makeNeeds } from './make-needs.ts'
import { makeOwnership } from './make-ownership.ts'
import { makeStories } from './make-stories.ts'
import { makeSupport } from './make-support.ts'
import { makeTiers } from './make-tiers.ts'
import { findGapsOfRelations, makeWatch } from './make-watch.ts'
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

/**
 * The steps by which the demo bank is made, in their order. What is done stands in the bank's own settings: a making that was cut off goes on where it was, and a bank that an older version made whole grows the
 * steps that came since. A step may run again at any time: it finds what it made before. `first`: before people look; `full`: of the whole bank only; `atOnce`: one transaction with its mark.
 */
type Step = { name: string; first?: true; full?: true; work: (making: Making, size: DemoSize) => Promise<unknown> } | { name: string; first: true; atOnce: (hashed: string) => (tx: Transaction) => Promise<unknown> }
const numbersOf = (size: DemoSize): number[] => (size === 'small' ? fewCustomers() : firstCustomers())

const steps: readonly Step[] = [
  { name: 'organisation', first: true, atOnce: () => makeOrganisation },
  { name: 'passwords', first: true, atOnce: (hashed) => (tx) => giveDemoPasswords(tx, hashed) },
  {
    name: 'first-customers', first: true, work: async (making, size) => {
      const deliveryId = await deliver(making, numbersOf(size))
      // the data steward compared the totals; the delivery of the rest still waits for him
      await actAs(making.services, { staffNo: people.dataSteward, day: demoBank.today, route: signOffDeliveryRoute, params: { deliveryId }, key: `demo-${deliveryId}` })
    },
  },
  { name: 'first-contacts', first: true, work: ({ services, onProgress }, size) => makeContacts(services, numbersOf(size), onProgress) },
  { name: 'stories', first: true, work: ({ services }) => makeStories(services) },
  { name: 'files', first: true, work: ({ services }) => makeFiles(services) },
  { name: 'first-watch', first: true, work: ({ services }) => makeWatch(services) },
  { name: 'needs', first: true, work: ({ services }) => makeNeeds(services) },
  { name: 'all-customers', full: true, work: (making) => deliver(making, restOfCustomers()) },
  { name: 'all-contacts', full: true, work: ({ services, onProgress }) => makeContacts(services, restOfCustomers(), onProgress) },
  { name: 'ownership', full: true, work: ({ services }) => makeOwnership(services) },
  { name: 'all-watch', full: true, work: ({ services }) => makeWatch(services) },
  { name: 'lists', work: ({ services }, size) => makeLists(services, size === 'full') },
  { name: 'relations', work: ({ services }, size) => makeRelations(services, size === 'full' ? numbers() : fewCustomers()) },
  { name: 'gaps-of-relations', work: ({ services }) => findGapsOfRelations(services) },
  { name: 'tiers', work: ({ services, onProgress }) => makeTiers(services, onProgress) },
  { name: 'scheme', work: ({ services }) => installDemoScheme(services) },
  { name: 'indicator-facts', work: ({ services, onProgress }, size) => enterIndicatorFacts(services, (staffNo) => size === 'full' || staffNo === people.teamLead || managersOfTheStory.includes(staffNo), onProgress) },
  // before the months are settled, so that what it confirms counts in October
  { name: 'inspections', work: ({ services }) => makeInspections(services) },
  ...settledMonths.map((month): Step => ({ name: `settled-${month}`, work: ({ services, onProgress }) => settleAndClose(services, month, onProgress) })),
  { name: 'indicators', work: ({ services, onProgress }) => makeIndicators(services, onProgress) },
  { name: 'support', work: ({ services, onProgress }) => makeSupport(services, onProgress) },
  { name: 'appraisal', work: ({ services }) => makeAppraisal(services) },
  { name: 'block-schemes', full: true, work: ({ services, onProgress }) => makeBlockSchemes(services, onProgress) },
  { name: 'forecast', work: async ({ services }) => void (await workOutForecast(services)) },
  { name: 'identity', work: ({ services }) => makeIdentity(services) },
  { name: 'duplicates', work: ({ services, onProgress }) => makeDuplicates(services, onProgress) },
  { name: 'meetings', work: ({ services, onProgress }) => makeMeetings(services, onProgress) },
  { name: 'coordination', work: ({ services }) => makeCoordination(services) },
  { name: 'forms', work: ({ services }) => makeForms(services) },
  { name: 'customer-form', work: ({ services }) => makeCustomerForm(services) },
  { name: 'messages', work: ({ services }) => makeMessages(services) },
  { name: 'plans', work: ({ services }) => makePlans(services) },
  { name: 'day-reports', work: ({ services, onProgress }, size) => makeDayReports(services, size === 'full', onProgress) },
  { name: 'duties', work: ({ services, onProgress }) => makeDuties(services, onProgress) },
  { name: 'coverage-ledger', work: ({ services, onProgress }) => makeCoverageLedger(services, onProgress) },
  { name: 'pool-allocations', full: true, work: ({ services }) => makePoolAllocations(services) },
  { name: 'deferred-pay', full: true, work: ({ services }) => makeDeferredPay(services) },
  { name: 'retention', work: ({ services }) => makeRetention(services) },
]
const isFull = (step: Step): boolean => 'full' in step
const isFirst = (step: Step): boolean => 'first' in step
const wholeMark = 'whole'

function restOfCustomers(): number[] {
  const first = new Set(firstCustomers())
  return numbers().filter((index) => !first.has(index))
}

/** Of a bank that stands whole: which of the steps of this version it does not have. Which size it is, its own steps tell. */
export function missingSteps(done: readonly string[]): string[] {
  const full = steps.some((step) => isFull(step) && done.includes(step.name))
  return steps.filter((step) => (full || !isFull(step)) && !done.includes(step.name)).map(({ name }) => name)
}

export type Making = { services: Services; onProgress: OnProgress; signal: AbortSignal | null }

/** Is there a demo bank to make or to go on with? `other`: the data directory holds another bank, which is left alone; `older`: an older version made it whole, and steps came since. */
export async function demoState(services: Services): Promise<'none' | 'other' | 'begun' | 'older' | 'whole'> {
  const bank = await services.db.asBatch((tx) => tx.maybe(sql<{ is_demo: boolean; done: string[] | null }>`SELECT is_demo, settings->'demoSteps' AS done FROM bank`))
  if (!bank) return 'none'
  if (!bank.is_demo) return 'other'
  const done = bank.done ?? []
  if (!done.includes(wholeMark)) return 'begun'
  return missingSteps(done).length === 0 ? 'whole' : 'older'
}

/** Makes the demo bank, or goes on where it was cut off or where an older version ended. Refuses a data directory that holds another bank. `without`: steps that an older version did not know (for tests). */
export async function makeDemoBank(services: Services, { size, onProgress, signal = null, without = [] }: { size: DemoSize; onProgress: OnProgress; signal?: AbortSignal | null; without?: readonly string[] }): Promise<void> {
  const making: Making = { services, onProgress, signal }
  await makeFirstPart(making, size, without)
  await growDemoBank(making, size, without)
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
export function makeFirstPart(making: Making, size: DemoSize = 'full', without: readonly string[] = []): Promise<void> {
  return alone(making.services, async () => {
    const { services } = making
    const state = await demoState(services)
    if (state === 'other') throw new NamedFailure('another-bank', { zh: '此数据目录属于另一家银行，不建立演示银行', en: 'this data directory holds another bank: no demo bank is made in it' })
    if (state === 'none') {
      await setUpBank(services, {
        code: demoBank.code, nameZh: demoBank.nameZh, nameEn: demoBank.nameEn, currency: 'CNY', calendar: 'china', businessDate: demoBank.today, isDemo: true, settings: { demoPassword, demoSteps: [] },
      })
    }
    await run(making, size, steps.filter((step) => isFirst(step) && !without.includes(step.name)))
  })
}

/** The rest, while people work: all customers, their contacts, what is entered by form, three months settled and closed; in a bank of an older version whatever it does not have. */
export function growDemoBank(making: Making, size: DemoSize = 'full', without: readonly string[] = []): Promise<void> {
  return alone(making.services, async () => {
    await run(making, size, steps.filter((step) => (size === 'full' || !isFull(step)) && !without.includes(step.name)))
    await making.services.db.asBatch((tx) => markDone(tx, wholeMark))
  })
}

async function run(making: Making, size: DemoSize, wanted: readonly Step[]): Promise<void> {
  const { services, signal } = making
  const hashed = await hashedDemoPassword()
  for (const step of wanted) {
    if (signal?.aborted) throw new JobStopped('stopped')
    if ('atOnce' in step) {
      await services.db.asBatch(async (tx) => {
        if (await isDone(tx, step.name)) return
        await step.atOnce(hashed)(tx)
        await markDone(tx, step.name)
      })
    } else if (!(await services.db.asBatch((tx) => isDone(tx, step.name)))) {
      // several transactions, each of which finds what it made before; the mark comes last
      await step.work(making, size)
      await services.db.asBatch((tx) => markDone(tx, step.name))
    }
  }
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

async function isDone(tx: Transaction, name: string): Promise<boolean> {
  const { done } = await tx.one(sql<{ done: boolean }>`SELECT coalesce(settings->'demoSteps' ? ${name}, false) AS done FROM bank`)
  return done
}

async function markDone(tx: Transaction, name: string): Promise<void> {
  if (await isDone(tx, name)) return
  const { settings } = await tx.one(sql<{ settings: Record<string, unknown> & { demoSteps?: string[] } }>`SELECT settings FROM bank`)
  await change(tx, 'bank', { one: true }, { settings: { ...settings, demoSteps: [...(settings.demoSteps ?? []), name] } }, { why: `demo bank: ${name}` })
}
