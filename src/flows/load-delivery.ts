import { join } from 'node:path'
import { giveFirstPasswords, makeFirstPasswords, writeFirstPasswords, type FirstPassword } from '../access/first-passwords.ts'
import { refreshScopes } from '../customers/assign-customer.ts'
import { beginRelations } from '../customers/begin-relations.ts'
import { hashHomes, homeHash } from '../customers/file/keep-home.ts'
import { stagedSecrets } from '../customers/find-staged-secrets.ts'
import { checkIdentity, maskPhone, normaliseNumber, type IdentityKind } from '../customers/identity-number.rules.ts'
import { mergeAssignmentsFromStaging } from '../customers/merge-assignments-from-staging.ts'
import { mergeAccountNumbersFromStaging, mergeCustomersFromStaging } from '../customers/merge-customers-from-staging.ts'
import { refreshFigures } from '../customers/refresh-figures.ts'
import { refreshRelations } from '../customers/relations/find-shared.ts'
import { proposeGroups } from '../customers/relations/propose-groups.ts'
import { refreshTiers } from '../customers/refresh-tiers.ts'
import { keepCoverage } from '../contact-plan/keep-coverage.ts'
import { workOutLastMonth } from '../customers/value/work-out-contribution.ts'
import { addBank, bankOf, moveBusinessDate } from '../deliveries/add-bank.ts'
import { checkStaged, tellRejects } from '../deliveries/check-staged.ts'
import { deriveBalances } from '../deliveries/derive-balances.ts'
import { followMerges, leaveOutErased } from '../deliveries/follow-merges.ts'
import { inspectFolder, type Delivery } from '../deliveries/inspect-folder.ts'
import type { Secrets } from '../deliveries/map-rows.ts'
import { prepareSecrets, stagingPurpose } from '../deliveries/prepare-secrets.ts'
import type { Profile } from '../deliveries/profile.contract.ts'
import { readProfile } from '../deliveries/read-profile.ts'
import { beginDelivery, closedMonths, countLater, findDelivery, finishDelivery, recordRejects, recordTotals, refuseDelivery, rejectsFailure, totalsFailure } from '../deliveries/record-delivery.ts'
import { Rejects, stageDelivery, stagedTables } from '../deliveries/stage-delivery.ts'
import { inboxOf } from '../deliveries/start-load.ts'
import { installDuties } from '../duties/install-duties.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { analyzeTables, emptyTables, tryLock, type OwnerConnection } from '../foundation/database/copy-rows.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { JobStopped, type JobKind, type JobResult, type OnProgress } from '../foundation/jobs/run-job.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { refreshDepositSums } from '../holdings/refresh-deposit-sums.ts'
import { closedMonthChanges } from '../holdings/find-closed-month-changes.ts'
import { stagedNumbers } from '../holdings/find-staged-numbers.ts'
import { mergeAccountsFromStaging, mergeCardsFromStaging, mergeProductsFromStaging } from '../holdings/merge-accounts-from-staging.ts'
import { mergeBalancesFromStaging } from '../holdings/merge-balances-from-staging.ts'
import { deriveLoanStates, mergeLoansFromStaging, mergeLoanStatesFromStaging } from '../holdings/merge-loans-from-staging.ts'
import { mergeTransactionsFromStaging } from '../holdings/merge-transactions-from-staging.ts'
import { endWithPosts, followAppointments } from '../meetings/follow-appointments.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { installPosts } from '../organisation/install-posts.ts'
import { mergeInstitutionsFromStaging, mergeStaffFromStaging } from '../organisation/merge-organisation-from-staging.ts'
import { postTable } from '../organisation/post-table.ts'
import { followCustomers } from '../visits/save-contact.ts'
import { followWatched, refreshWatch } from '../watch/refresh-watch.ts'
import { startDay } from './parts/start-day.ts'

export type LoadRequest = {
  dir: string
  /** Name of a profile that ships with the product, path of a file, or the profile itself. */
  profile: string | Profile
  /** Business date, where neither profile nor delivery says it. */
  date?: string
  onProgress?: OnProgress
  signal?: AbortSignal
  jobId?: string
  /** The first load of a new bank gives its first people passwords (a file of mode 0600); false: whoever loads gives them himself. */
  firstPasswords?: boolean
}
export type Loaded = {
  deliveryId: string
  /** The same delivery was loaded before: nothing was changed. */
  same: boolean
  businessDate: string
  rows: Record<string, number>
  totals: { file: string; measure: string; expected: string | null; received: string }[]
  rejected: number
  later: number
  changed: number
  seconds: number
  passwordsFile: string | null
  /** Closing balances worked out from bookings: account-days, and how many are farther from the bookings' sum than the profile allows for rounding. */
  derived: { days: number; farther: number } | null
}

const lockNumber = 7215330221 // one delivery at a time in a database

/**
 * The night's story: a folder of files becomes the bank's figures of a day. Reads and checks everything into staging, compares the control totals, then merges in one transaction, room by
 * room; what is refused leaves nothing behind but its reasons. The same delivery again changes nothing; killed at any moment, it is begun anew. Throws NamedFailure with the place.
 */
export async function loadDelivery(services: Services, request: LoadRequest): Promise<Loaded> {
  const started = performance.now()
  const { db } = services
  const progress: OnProgress = async (stage, done, total) => {
    if (request.signal?.aborted) throw new JobStopped('stopped')
    await request.onProgress?.(stage, done, total)
  }
  const profile = typeof request.profile === 'string' ? readProfile(request.profile) : request.profile
  await progress('接收 / receiving', 0, null)
  const delivery = await inspectFolder(request.dir, profile, request.date)

  const owner = await db.connectOwner()
  try {
    if (!(await tryLock(owner, lockNumber))) throw new NamedFailure('delivery-in-work', { zh: '另一个交付正在装入，请等它结束', en: 'another delivery is in work: wait until it has ended' })
    const known = await db.asBatch(async (tx) => {
      await refuseOtherBank(tx, delivery)
      return findDelivery(tx, delivery.contentHash)
    })
    if (known?.state === 'LOADED') return await sameAsBefore(services, known.id, delivery, started)
    const id = await db.asBatch((tx) => beginDelivery(tx, profile, delivery, request.jobId ?? null))
    try {
      return await load(services, owner, { id, profile, delivery, progress, started, firstPasswords: request.firstPasswords ?? true })
    } catch (error) {
      const failure = error instanceof NamedFailure ? error : error instanceof JobStopped ? new NamedFailure('stopped', { zh: '已停止，未装入任何数据；再次装入会重新开始', en: 'stopped, nothing was loaded; load it again' }) : undefined
      if (failure) await refuseDelivery(db, id, failure)
      throw error
    }
  } finally {
    await owner.end()
  }
}

type Work = { id: string; profile: Profile; delivery: Delivery; progress: OnProgress; started: number; firstPasswords: boolean }

async function load(services: Services, owner: OwnerConnection, { id, profile, delivery, progress, started, firstPasswords }: Work): Promise<Loaded> {
  const { db, keys, config } = services
  const rejects = new Rejects()
  const secrets: Secrets = {
    seal: (value) => keys.keyring.sealTransient(value, stagingPurpose),
    hash: (kind, value) => keys.keyring.hash(kind, value),
    identityIsRight: (kind, number) => checkIdentity(kind as IdentityKind, number, delivery.businessDate).ok,
    comparable: normaliseNumber,
    maskPhone,
    homeHash: (address) => homeHash(keys.keyring, address, null),
  }
  const totals = await stageDelivery(owner, profile, delivery, secrets, rejects, progress)
  await analyzeTables(owner, stagedTables)

  const refuseRejects = async (): Promise<void> => {
    if (rejects.count === 0) return
    const path = await db.asBatch((tx) => recordRejects(tx, id, rejects, keys.keyring, config.dataDir))
    if (rejects.count > profile.mostRejects) throw rejectsFailure(rejects, path)
  }
  const differing = await db.asBatch((tx) => recordTotals(tx, id, delivery, totals))
  if (rejects.count > profile.mostRejects) await refuseRejects()
  if (differing.length > 0) throw totalsFailure(differing)

  await progress('校验 / checking', 0, null)
  await db.asBatch(async (tx) => {
    await followMerges(tx)
    await leaveOutErased(tx)
    await checkStaged(tx, profile, delivery, rejects, postTable.map((post) => post.code), (thing) => progress(`校验 ${thing} / checking ${thing}`, 0, null))
    const months = delivery.kind === 'CORRECTION' ? [] : await closedMonths(tx)
    if (months.length === 0) return
    const changes = closedMonthChanges(months)
    await tellRejects(tx, 'transaction', changes.transaction, profile, delivery, rejects)
    await tellRejects(tx, 'balance', changes.balance, profile, delivery, rejects)
  })
  await refuseRejects()

  let derived: Loaded['derived'] = null
  if (profile.balancesFromTransactions) {
    const { withinFen } = profile.balancesFromTransactions
    await progress('推算余额 / working out balances', 0, null)
    derived = await db.asBatch((tx) => deriveBalances(tx, delivery.businessDate, withinFen))
    await analyzeTables(owner, ['staged_balance'])
  }
  await prepareSecrets(db, owner, keys.keyring, stagedSecrets, stagedNumbers, progress)
  await analyzeTables(owner, ['staged_customer_secret', 'staged_account_secret'])

  const passwords = firstPasswords ? await firstPeople(services, delivery) : []
  const passwordsFile = passwords.length > 0 ? join(config.dataDir, 'first-passwords.txt') : null
  await progress('装载 / loading', 0, null)
  const { changed, later } = await db.asBatch(async (tx) => {
    await tx.run(sql`SET LOCAL work_mem = '256MB'`)
    // What was staged does not outlive a crash of the database, and this connection may have been made after one. The one that staged is older: while it answers nothing was lost, and from here on a crash
    // ends this transaction too. Without it a delivery was told as loaded of which nothing was left.
    await owner.query('SELECT')
    const later = await countLater(tx, delivery.businessDate)
    const effects = await merge(tx, keys, id, profile, delivery, passwords, progress)
    if (passwordsFile !== null) writeFirstPasswords(passwordsFile, passwords)
    return { later, changed: await finishDelivery(tx, id, effects, later, (performance.now() - started) / 1000) }
  })
  await emptyTables(owner, stagedTables)
  await progress('日始', 0, null)
  await startDay(services)
  return { ...(await describe(services, id, delivery, started)), same: false, rejected: rejects.count, later, changed, passwordsFile, derived }
}

/** The rooms in their order: who is there first is needed by those after. */
async function merge(tx: Transaction, keys: Services['keys'], batch: string, profile: Profile, delivery: Delivery, passwords: readonly FirstPassword[], progress: OnProgress): Promise<MergeRun['effects']> {
  const former = await bankOf(tx)
  const businessDate = former && former.business_date > delivery.businessDate ? former.business_date : delivery.businessDate
  const run: MergeRun = { tx, batch, why: `delivery ${delivery.businessDate} ${delivery.kind}`, businessDate, formerDate: former?.business_date ?? null, kind: delivery.kind, effects: [] }
  const steps: [string, () => Promise<unknown>][] = [
    ['机构 / units', async () => {
      if (!former) await beginBank(tx, delivery, passwords)
      else {
        // what a day showed is kept before the next one begins
        if (former.business_date < delivery.businessDate) await keepCoverage(tx, former.business_date)
        await moveBusinessDate(tx, delivery.businessDate)
      }
      await mergeInstitutionsFromStaging(run)
    }],
    ['人员 / people', async () => {
      await mergeStaffFromStaging(run)
      await giveFirstPasswords(tx, passwords)
    }],
    ['产品 / products', () => mergeProductsFromStaging(run)],
    ['客户 / customers', () => mergeCustomersFromStaging(run)],
    ['管户 / managers', () => mergeAssignmentsFromStaging(run)],
    ['账户 / accounts', async () => {
      await mergeAccountsFromStaging(run)
      await mergeAccountNumbersFromStaging(run)
    }],
    ['余额 / balances', () => mergeBalancesFromStaging(run)],
    ['交易 / transactions', () => mergeTransactionsFromStaging(run)],
    ['贷款 / loans', async () => {
      await mergeLoansFromStaging(run)
      await mergeLoanStatesFromStaging(run)
      if (profile.overdueFromTransactions) await deriveLoanStates(run, profile.overdueFromTransactions.kind)
      await beginRelations(run)
    }],
    ['银行卡 / cards', () => mergeCardsFromStaging(run)],
    ['归属 / scopes', async () => {
      await refreshScopes(tx, { day: businessDate, batch, why: run.why })
      await followCustomers(tx, batch, null)
      await followWatched(tx, batch, null)
      await followAppointments(tx, batch, null)
      await endWithPosts(tx, batch, businessDate)
    }],
    ['指标 / figures', () => refreshFigures(run)],
    ['存款 / deposits', () => refreshDepositSums(tx, { day: businessDate, batch, why: run.why })],
    ['关系 / relations', async () => {
      await refreshRelations(tx, businessDate)
      await hashHomes(tx, keys)
      await proposeGroups(tx, businessDate)
    }],
    ['贡献 / contribution', () => workOutLastMonth(tx, businessDate)],
    ['层级 / tiers', () => refreshTiers(tx, { day: businessDate, bankCode: delivery.bank.code })],
    ['预警 / alerts', () => refreshWatch(run)],
  ]
  for (const [place, [name, work]] of steps.entries()) {
    const [zh = name, en = name] = name.split(' / ')
    await progress(`装载 ${zh} / loading ${en}`, place, steps.length)
    const before = run.effects.length
    await work()
    // without statistics of what was just written the next statements, and whoever reads after the load, would be planned blind
    const grown = [...new Set(run.effects.slice(before).filter((effect) => effect.count >= 100).map((effect) => effect.table))]
    if (grown.length > 0) await tx.run(sql`SELECT refresh_statistics(${grown}::text[])`)
  }
  await tx.run(sql`SELECT refresh_statistics(ARRAY['identifier', 'search_hash', 'customer', 'tier_held', 'tier_move', 'contribution', 'contribution_line', 'bank', 'institution_span', 'post_held', 'staff'])`)
  await progress('装载 完成 / loaded', steps.length, steps.length)
  return run.effects
}

async function refuseOtherBank(tx: Transaction, delivery: Delivery): Promise<void> {
  const bank = await bankOf(tx)
  if (!bank) return
  if (bank.code !== delivery.bank.code) {
    throw new NamedFailure('another-bank', {
      zh: `此数据目录属于银行 ${bank.code}，交付属于 ${delivery.bank.code}，未装入。请用 YINQIAO_DATA 指向另一个目录`,
      en: `this data directory holds bank ${bank.code}, the delivery is of ${delivery.bank.code}: not loaded. Point YINQIAO_DATA to another directory`,
    })
  }
  if (bank.currency !== delivery.bank.currency) throw new NamedFailure('another-currency', { zh: `银行以 ${bank.currency} 计，交付为 ${delivery.bank.currency}，未装入`, en: `the bank counts in ${bank.currency}, the delivery in ${delivery.bank.currency}: not loaded` })
}

// ---------------------------------------------------------------------------------------------------------------------
// A new bank

const officers = [['A0001', '系统管理员', 'ADMIN'], ['A0002', '数据管理岗', 'DATA_STEWARD'], ['A0003', '人力资源岗', 'HR'], ['A0004', '绩效管理岗', 'PERFORMANCE'], ['A0005', '主管行长', 'BANK_LEADER'], ['A0006', '稽核岗', 'AUDIT'], ['A0007', '合规岗', 'COMPLIANCE']] as const

/** Who gets a first password when the bank is new: officers for the posts that the delivery does not fill, and the delivered people (of a large bank the first 300; the others get theirs from the administrator). */
async function firstPeople({ db }: Services, delivery: Delivery): Promise<FirstPassword[]> {
  const people = await db.asBatch(async (tx) => {
    if (await bankOf(tx)) return []
    const staged = await tx.all(sql<{ staff_no: string; name: string; post_code: string }>`
      SELECT DISTINCT ON (s.staff_no) s.staff_no, s.name, p.post_code FROM staged_staff s JOIN staged_post p ON p.staff_no = s.staff_no
      WHERE (p.to_date IS NULL OR p.to_date > ${delivery.businessDate}::date) AND (s.to_date IS NULL OR s.to_date > ${delivery.businessDate}::date) ORDER BY s.staff_no, p.main DESC LIMIT 300`)
    const filled = new Set((await tx.all(sql<{ post_code: string }>`SELECT DISTINCT post_code FROM staged_post`)).map((row) => row.post_code))
    return [...officers.filter(([, , post]) => !filled.has(post)).map(([staffNo, name, post]) => ({ staffNo, name, post: post as string })), ...staged.map((row) => ({ staffNo: row.staff_no, name: row.name, post: row.post_code }))]
  })
  return makeFirstPasswords(people)
}

async function beginBank(tx: Transaction, delivery: Delivery, passwords: readonly FirstPassword[]): Promise<void> {
  const { bank, businessDate } = delivery
  await addBank(tx, { code: bank.code, nameZh: bank.nameZh, nameEn: bank.nameEn, currency: bank.currency, calendar: bank.calendar, businessDate, settings: bank.settings })
  await installPosts(tx)
  await installDuties(tx, businessDate)
  const told = await tx.maybe(sql<{ code: string; name: string; name_en: string | null; from_date: string }>`SELECT code, name, name_en, from_date FROM staged_institution WHERE kind = 'HEAD_OFFICE'`)
  const { key } = await addInstitution(tx, told
    ? { code: told.code, kind: 'HEAD_OFFICE', name: told.name, nameEn: told.name_en ?? told.name, parentKey: null, from: told.from_date }
    : { code: 'HO', kind: 'HEAD_OFFICE', name: bank.nameZh, nameEn: bank.nameEn, parentKey: null, from: '1900-01-01' })
  const { from } = await tx.one(sql<{ from: string }>`SELECT coalesce(greatest(min(from_date), ${told?.from_date ?? '1900-01-01'}::date), ${businessDate}::date) AS "from" FROM staged_post`)
  for (const [staffNo, name, postCode] of officers) {
    if (!passwords.some((one) => one.staffNo === staffNo)) continue
    const staffKey = await hirePerson(tx, { staffNo, name, from })
    await holdPost(tx, { staffKey, postCode, lineKey: key, placeKey: key, from })
  }
}

// ---------------------------------------------------------------------------------------------------------------------

async function sameAsBefore(services: Services, id: string, delivery: Delivery, started: number): Promise<Loaded> {
  return { ...(await describe(services, id, delivery, started)), same: true, rejected: 0, later: 0, changed: 0, passwordsFile: null, derived: null }
}

async function describe({ db }: Services, id: string, delivery: Delivery, started: number): Promise<Pick<Loaded, 'deliveryId' | 'businessDate' | 'rows' | 'totals' | 'seconds'>> {
  const { files, totals } = await db.asBatch(async (tx) => ({
    files: await tx.all(sql<{ file_id: string; rows_read: string }>`SELECT file_id, rows_read FROM delivery_file WHERE delivery_id = ${id} ORDER BY file_id`),
    totals: await tx.all(sql<{ file_id: string; measure: string; expected: string | null; received: string }>`SELECT file_id, measure, expected, received FROM delivery_total WHERE delivery_id = ${id} ORDER BY file_id, measure <> 'rows', measure`),
  }))
  return {
    deliveryId: id, businessDate: delivery.businessDate, rows: Object.fromEntries(files.map((file) => [file.file_id, Number(file.rows_read)])),
    totals: totals.map((total) => ({ file: total.file_id, measure: total.measure, expected: total.expected, received: total.received })), seconds: (performance.now() - started) / 1000,
  }
}

/** What a page asks for: loads a folder of the inbox in the server, with progress and stop. */
export const feedJob: JobKind = {
  kind: 'feed',
  async run(services, params, onProgress, jobId): Promise<JobResult> {
    const { folder, profile } = params as { folder: string; profile: string }
    const loaded = await loadDelivery(services, { dir: join(inboxOf(services), folder), profile, onProgress, jobId })
    // indicators of the new day and what the month may pay: work of its own, after the delivery
    if (!loaded.same) await services.jobs?.ask('day-figures', {}, null)
    if (!loaded.same) await services.jobs?.ask('retention', {}, null)
    return { deliveryId: loaded.deliveryId, same: loaded.same, changed: loaded.changed, rejected: loaded.rejected, businessDate: loaded.businessDate }
  },
}
