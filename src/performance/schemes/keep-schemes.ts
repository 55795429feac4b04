import { verdictOf } from '../../foundation/access/permission.rules.ts'
import type { Actor } from '../../foundation/access/actor.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { handle } from '../../foundation/http/route.ts'
import { decideProposal } from '../../foundation/store/decide-proposal.ts'
import { add, change } from '../../foundation/store/store.ts'
import { fen } from '../../foundation/values/fen.ts'
import { ok, refuse, type Refusal } from '../../foundation/values/outcome.ts'
import { workOutBlocks } from '../blocks.rules.ts'
import { indicatorTerms } from '../indicator.contract.ts'
import { sourceKinds } from '../indicator.rules.ts'
import { installBlockScheme, installScheme } from '../install-scheme-version.ts'
import { pointsBlocks } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { hundredBlocks, scorecardBlocks } from '../scorecard-scheme.ts'
import { blocksTerms, type BlocksTerms } from './block-terms.contract.ts'
import { judgeScheme, lackingValues, type Authorised, type Coverage, type KnownIndicator, type SupportGround } from './judge-scheme.rules.ts'
import { compareSchemesJob } from './compare-schemes.ts'
import { supportSchemeTerms, type SupportSchemeTerms } from './support-terms.contract.ts'
import { trySupport } from './support-month.rules.ts'
import { acknowledgeScheme, compareScheme, decideScheme, openSchemeDesk, proposeScheme, readScheme, schemeVersion, tryScheme, watchComparison, type Finding, type SchemeChange, type SchemeVersion } from './scheme-change.contract.ts'

type Asked = { code: string; from: string; name: string; authorisation: string | null; version: SchemeVersion }

// ---- what a scheme is judged by ---------------------------------------------------------------------------------------

async function findingsOf(tx: Transaction, asked: Asked, today: string, actor: Pick<Actor, 'lineKey'>): Promise<Finding[]> {
  const day = asked.from > today ? asked.from : today
  const rows = await tx.all(sql<{ code: string; name: string; terms: unknown }>`SELECT code, name, terms FROM indicator WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date)`)
  const indicators = rows.map((row): KnownIndicator => {
    const terms = indicatorTerms.parse(row.terms)
    return { code: row.code, name: row.name, subject: sourceKinds[terms.source].subject, onOneDay: terms.measure === 'BALANCE' || terms.measure === 'CHANGE', byForm: terms.source === 'FORM', isOnly: terms.isOnly ?? null }
  })
  const units = await tx.all(sql<{ code: string; path: string; key: number; kind: string }>`
    SELECT code, scope_path AS path, institution_key AS key, kind FROM organisation_institution_facts WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date)`)
  const pathsOf = (codes: readonly string[]): string[] => units.filter(({ code }) => codes.includes(code)).map(({ path }) => path)
  const schemes = await tx.all(sql<{ code: string; kind: string; from: string; terms: unknown }>`SELECT code, kind, from_date AS "from", terms FROM scheme WHERE to_date IS NULL OR to_date > ${asked.from}::date`)
  const supports = schemes.flatMap(({ kind, terms }) => (kind === 'SUPPORT' ? [supportSchemeTerms.parse(terms)] : []))
  const posts = await mainPosts(tx, [...supports, ...(asked.version.kind === 'SUPPORT' ? [asked.version.terms] : [])].flatMap((terms) => pathsOf(departmentsOf(terms))), day)
  const covering = (code: string, version: SchemeVersion): Coverage => (version.kind === 'SUPPORT' ? coveredBy(code, pathsOf(departmentsOf(version.terms)), posts) : version.kind === 'BLOCKS'
    ? { code, posts: version.terms.posts, grades: version.terms.grades, paths: pathsOf(version.terms.units), without: [] }
    : { code, posts: [...version.terms.posts, ...version.terms.supervisorPosts], grades: [], paths: pathsOf(version.terms.units ?? []), without: pathsOf(version.terms.exceptUnits ?? []) })
  const others = schemes.map(({ code, kind, terms }) => covering(code, kind === 'SUPPORT' ? { kind, terms: supportSchemeTerms.parse(terms), tariff: [] } : kind === 'BLOCKS' ? { kind, terms: blocksTerms.parse(terms), tariff: [] } : { kind: 'POINTS', terms: { ...pointsTerms.parse(terms), blocks: [] }, tariff: [] }))
  const last = await tx.maybe(sql<{ from_date: string }>`SELECT from_date FROM scheme WHERE code = ${asked.code} ORDER BY version DESC LIMIT 1`)
  const authorised = await tx.all(sql<Authorised>`
    SELECT a.number, a.scheme_code AS scheme, i.scope_path AS path, a.from_date AS "from", a.to_date AS "to" FROM head_office_authorisation a JOIN organisation_institution_facts i ON i.institution_key = a.unit_key AND i.from_date <= ${day}::date AND (i.to_date IS NULL OR i.to_date > ${day}::date)
    WHERE a.scheme_code = ${asked.code}`)
  const planned = await tx.asRole('engine', () => tx.all(sql<{ indicator: string }>`SELECT DISTINCT indicator FROM performance_plan_target_facts WHERE from_date <= ${asked.from}::date AND (to_date IS NULL OR to_date > ${asked.from}::date)`))
  return judgeScheme(asked.version, {
    code: asked.code, from: asked.from, today, name: asked.name, lastFrom: last?.from_date ?? null, belowHeadOffice: !isHeadOffice(units, actor.lineKey), authorisation: asked.authorisation, authorised, planned: planned.map(({ indicator }) => indicator), indicators, coverage: covering(asked.code, asked.version), others,
    support: asked.version.kind === 'SUPPORT' ? { units, schemes: await tx.all(sql<SupportGround['schemes'][number]>`SELECT DISTINCT code, kind FROM scheme`), posts } : null,
  })
}

type MainPost = SupportGround['posts'][number] & { post: string }
const departmentsOf = (terms: SupportSchemeTerms): string[] => [...terms.departments.map(({ code }) => code), ...terms.controlDepartments]

/** Who has a main post in these lines on a day: a support scheme pays people by their department, whatever their post. */
async function mainPosts(tx: Transaction, paths: readonly string[], day: string): Promise<MainPost[]> {
  if (paths.length === 0) return []
  return tx.all(sql<MainPost>`
    SELECT p.post_code AS post, p.line_path AS path, p.sequence = 'RISK_CONTROL' AS "riskControl" FROM organisation_post_facts p
    WHERE p.main AND p.from_date <= ${day}::date AND (p.to_date IS NULL OR p.to_date > ${day}::date) AND EXISTS (SELECT FROM unnest(${[...paths]}::text[]) u WHERE p.line_path = u OR starts_with(p.line_path, u || '.'))`)
}

const coveredBy = (code: string, paths: readonly string[], posts: readonly MainPost[]): Coverage => ({
  code, posts: [...new Set(posts.filter(({ path }) => paths.some((one) => path === one || path.startsWith(`${one}.`))).map(({ post }) => post))], grades: [], paths, without: [],
})

// head office, and the departments right below it
function isHeadOffice(units: readonly { key: number; kind: string; path: string }[], lineKey: number): boolean {
  const own = units.find(({ key }) => key === lineKey)
  const branch = units.filter(({ kind }) => kind === 'BRANCH' || kind === 'SUB_BRANCH' || kind === 'OUTLET')
  return own !== undefined && !branch.some(({ path }) => own.path === path || own.path.startsWith(`${path}.`))
}

function refusedBy(findings: readonly Finding[]): Refusal | null {
  const [first, ...rest] = findings.filter(({ level }) => level === 'REFUSE')
  if (!first) return null
  return refuse('scheme-refused', { details: { n: String(rest.length + 1) } }).refusal
}

// ---- the desk ---------------------------------------------------------------------------------------------------------

const bare: Omit<BlocksTerms, 'blocks' | 'score' | 'classes'> = { posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { A: '600000', B: '800000', C: '1000000' }, carryMonths: 12, correctionMonths: 12 }
const scorecardClasses: BlocksTerms['classes'] = { P1: 'risk', P2: 'compliance', P3: 'risk', C1: 'social', C2: 'social', C3: 'social', C4: 'social', L1: 'development', L2: 'development', L3: 'development' }
const hundredClasses: BlocksTerms['classes'] = { MAINTENANCE: 'development', POLICY: 'compliance', DISCIPLINE: 'compliance' }

type Copy = { key: string; code: string; name: string; nameEn: string; legalBasis: string; version: SchemeVersion }
function houseSchemes(): Copy[] {
  const points = schemeTemplates['POINTS']
  return [
    ...(points ? [{
      key: 'house POINTS', code: 'POINTS', name: points.name, nameEn: points.nameEn, legalBasis: points.legalBasis,
      version: schemeVersion.parse({ kind: 'POINTS', terms: withBlocks(pointsTerms.parse(points.terms)), tariff: points.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() })) }),
    }] : []),
    {
      key: 'house SCORECARD', code: 'SCORECARD', name: '平衡计分卡', nameEn: 'Balanced scorecard', legalBasis: '四维平衡计分卡办法',
      version: schemeVersion.parse({ kind: 'BLOCKS', terms: { ...bare, blocks: scorecardBlocks, score: 'TOTAL', classes: scorecardClasses }, tariff: [] }),
    },
    {
      key: 'house HUNDRED', code: 'HUNDRED', name: '百分考核与核心指标', nameEn: '100 points with core indicators', legalBasis: '百分考核 3:7 与核心指标办法',
      version: schemeVersion.parse({ kind: 'BLOCKS', terms: { ...bare, blocks: hundredBlocks, score: 'H', classes: hundredClasses }, tariff: [] }),
    },
  ]
}

type SchemeRow = { code: string; kind: SchemeVersion['kind']; from: string; to: string | null; name: string; nameEn: string; legalBasis: string; terms: unknown; number: number }
async function ownSchemes(tx: Transaction): Promise<Copy[]> {
  const rows = await tx.all(sql<SchemeRow>`
    SELECT DISTINCT ON (code) code, kind, from_date AS "from", to_date AS "to", name, name_en AS "nameEn", legal_basis AS "legalBasis", terms, version AS number FROM scheme ORDER BY code, version DESC`)
  const rules = await tx.all(sql<{ scheme: string; event: string; points: string; unitFen: string | null; products: string[] | null }>`
    SELECT scheme_code AS scheme, event, trim_scale(points)::text AS points, unit_fen::text AS "unitFen", products FROM point_rule WHERE to_date IS NULL ORDER BY scheme_code, event`)
  return rows.map(({ code, kind, name, nameEn, legalBasis, terms, number }) => {
    const version = schemeVersion.parse(kind !== 'POINTS' ? { kind, terms, tariff: [] } : { kind, terms: withBlocks(pointsTerms.parse(terms)), tariff: rules.filter(({ scheme }) => scheme === code).map(({ scheme: _scheme, ...row }) => row) })
    return { key: `${code} ${number}`, code, name, nameEn, legalBasis, version }
  })
}
const withBlocks = (terms: ReturnType<typeof pointsTerms.parse>) => ({ ...terms, blocks: terms.blocks ?? pointsBlocks(terms) })

type ChangeRow = Omit<SchemeChange, 'may' | 'mayAcknowledge' | 'version'> & { kind: SchemeVersion['kind']; terms: unknown; tariff: unknown; proposedKey: number }
const changeColumns = sql`c.id, c.code, c.kind, c.from_date AS "from", c.name, c.name_en AS "nameEn", c.legal_basis AS "legalBasis", c.terms, c.tariff, c.authorisation, c.findings, c.reason, c.proposed_by AS "proposedKey", c.proposed_on AS "proposedOn",
  c.acknowledged_on AS "acknowledgedOn", c.acknowledgement, c.decision, c.decided_on AS "decidedOn", c.decision_note AS "decisionNote"`

export const openSchemeDeskRoute = handle(openSchemeDesk, async (tx, _input, { businessDate: day, actor, may }) => {
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const [mayChange, mayAcknowledge] = [may('scheme.change'), may('scheme.acknowledge')]
  const changes = await tx.asRole('office', () => tx.all(sql<ChangeRow>`
    SELECT ${changeColumns}, p.staff_name AS "proposedBy", a.staff_name AS "acknowledgedBy", d.staff_name AS "decidedBy"
    FROM scheme_change c JOIN organisation_staff_facts p ON p.staff_key = c.proposed_by LEFT JOIN organisation_staff_facts a ON a.staff_key = c.acknowledged_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by
    ORDER BY c.decision IS NOT NULL, c.proposed_on DESC, c.id DESC LIMIT 20`))
  return ok({
    asOf: day, currency, mayChange,
    indicators: await tx.all(sql<{ code: string; name: string; nameEn: string; direction: 'UP' | 'DOWN' }>`
      SELECT code, name, name_en AS "nameEn", direction FROM indicator WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY code`),
    posts: await tx.all(sql<{ code: string; name: string; nameEn: string }>`SELECT post_code AS code, post_name AS name, post_name_en AS "nameEn" FROM organisation_post_kind_facts ORDER BY place, post_code`),
    units: await tx.all(sql<{ code: string; name: string; nameEn: string }>`
      SELECT code, name, name_en AS "nameEn" FROM organisation_institution_facts WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY scope_path LIMIT 500`),
    copies: [...await ownSchemes(tx), ...houseSchemes()],
    changes: changes.map(({ kind, terms, tariff, proposedKey, ...one }) => ({
      ...one, version: schemeVersion.parse({ kind, terms, tariff }),
      may: one.decision !== null ? verdictOf('decided-already') : proposedKey === actor.staffKey ? verdictOf('same-person') : one.findings.length > 0 && one.acknowledgement === null ? verdictOf('not-acknowledged') : mayChange,
      mayAcknowledge: one.decision !== null ? verdictOf('decided-already') : one.findings.length === 0 ? verdictOf('no-warning') : proposedKey === actor.staffKey ? verdictOf('same-person') : mayAcknowledge,
    })),
  })
})

// ---- trying and proposing ---------------------------------------------------------------------------------------------

export const trySchemeRoute = handle(tryScheme, async (tx, { body: { example, ...asked } }, { businessDate: day, actor }) => {
  const findings = await findingsOf(tx, asked, day, actor)
  // a list that names what stands nowhere before it cannot be worked out
  const broken = findings.some(({ code }) => code === 'UNKNOWN_VALUE' || code === 'STANDS_LATER' || code === 'CODE_TWICE')
  const nothing = { findings, steps: null, payable: null, flags: [], support: null }
  if (example === null || broken) return ok(nothing)
  if (asked.version.kind === 'SUPPORT') {
    if (!('departments' in example)) return refuse('example-of-another-kind', { field: 'example' })
    const worked = trySupport(asked.version.terms, example)
    return 'unknown' in worked ? refuse('unknown-department', { field: 'example', details: { name: worked.unknown } }) : ok({ ...nothing, support: worked.tried })
  }
  if ('departments' in example) return refuse('example-of-another-kind', { field: 'example' })
  const { blocks } = asked.version.terms
  const lacking = lackingValues(blocks, example.values.map(({ code }) => code))
  if (lacking.length > 0) return refuse('example-lacks', { field: 'example', details: { names: lacking.join(', ') } })
  const worked = workOutBlocks(blocks, {
    from: example.from, post: example.post, grade: example.grade, events: example.events, points: example.points, indicators: Object.fromEntries(example.indicators.map(({ code, target, actual }) => [code, { target, actual }])),
    marks: Object.fromEntries(example.marks.map(({ code, mark }) => [code, mark])), values: Object.fromEntries(example.values.map(({ code, unit, value }) => [code, { unit, value }])),
  })
  const payable = blocks.find((block) => block.kind === 'PAYABLE')
  return ok({ findings, steps: worked.steps.map((step) => ({ ...step, terms: [...step.terms] })), payable: payable ? worked.values.get(payable.code)?.text ?? null : null, flags: worked.flags, support: null })
})

export const proposeSchemeRoute = handle(proposeScheme, async (tx, { body: { id, reason, ...asked } }, { actor, businessDate: day }) => {
  const held = await tx.maybe(sql<{ kind: string }>`SELECT kind FROM scheme WHERE code = ${asked.code} LIMIT 1`)
  if (held && held.kind !== asked.version.kind) return refuse('another-kind', { field: 'code' })
  const findings = await findingsOf(tx, asked, day, actor)
  const refusal = refusedBy(findings)
  if (refusal) return { ok: false, refusal }
  return tx.asRole('office', async () => {
    if (await tx.maybe(sql`SELECT 1 FROM scheme_change WHERE code = ${asked.code} AND decision IS NULL`)) return refuse('change-waiting', { field: 'code' })
    const { kind, terms, tariff } = asked.version
    await add(tx, 'scheme_change', {
      id, code: asked.code, kind, from_date: asked.from, name: asked.name, name_en: asked.nameEn, legal_basis: asked.legalBasis, terms, tariff, authorisation: asked.authorisation, findings, reason, proposed_by: actor.staffKey, proposed_on: day,
    }, { why: reason, action: 'PROPOSE_SCHEME' })
    return ok({ id })
  })
})

/** The changed version over the settled months: the settlements are tried in the server's queue. */
export const compareSchemeRoute = handle(compareScheme, async (tx, { body }, { businessDate: day, actor, services }) => {
  const findings = await findingsOf(tx, { ...body, from: day, name: body.code, authorisation: null }, day, actor)
  if (findings.some(({ code }) => code === 'UNKNOWN_VALUE' || code === 'STANDS_LATER' || code === 'CODE_TWICE' || code === 'WITHOUT_PAYABLE' || code === 'UNKNOWN_INDICATOR' || code === 'UNKNOWN_UNIT' || code === 'UNKNOWN_SCHEME' || code === 'DEPARTMENT_WITHIN')) return refuse('scheme-broken')
  if (!services.jobs) return refuse('unavailable')
  return ok({ jobId: await services.jobs.ask(compareSchemesJob.kind, { code: body.code, version: body.version, today: day }, actor.staffKey) })
})

const mostLacking = 200
type Found = NonNullable<ReplyOf<typeof watchComparison>['found']>
export const watchComparisonRoute = handle(watchComparison, async (tx, { params }) => {
  const job = await tx.maybe(sql<{ state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED'; stage: string | null; done: string; total: string | null; result: { found: string | null } | null }>`
    SELECT state, stage, done, total, result FROM job_run WHERE id = ${params.jobId} AND kind = ${compareSchemesJob.kind}`)
  if (!job) return refuse('not-found')
  const found = job.result?.found == null ? null : JSON.parse(job.result.found) as Omit<Found, 'lackingAll'>
  return ok({
    state: job.state, stage: job.stage, done: Number(job.done), total: job.total === null ? null : Number(job.total),
    found: found && { ...found, lacking: found.lacking.slice(0, mostLacking), lackingAll: found.lacking.length },
  })
})

type Waiting = { code: string; kind: SchemeVersion['kind']; from: string; name: string; nameEn: string; legalBasis: string; terms: unknown; tariff: unknown; authorisation: string | null; findings: Finding[]; reason: string; proposedKey: number; decision: string | null; acknowledgement: string | null }
const waitingOf = (tx: Transaction, id: string) => tx.maybe(sql<Waiting>`SELECT ${changeColumns} FROM scheme_change c WHERE c.id = ${id} FOR UPDATE`)

export const acknowledgeSchemeRoute = handle(acknowledgeScheme, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const found = await waitingOf(tx, params.changeId)
  if (!found) return refuse('not-found')
  if (found.decision !== null || found.acknowledgement !== null) return refuse('decided-already')
  if (found.findings.length === 0) return refuse('no-warning')
  if (found.proposedKey === actor.staffKey) return refuse('same-person')
  await change(tx, 'scheme_change', { id: params.changeId }, { acknowledged_by: actor.staffKey, acknowledged_on: day, acknowledgement: body.text }, { why: body.text, action: 'ACKNOWLEDGE_SCHEME' })
  return ok({ id: params.changeId })
}))

export const decideSchemeRoute = handle(decideScheme, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const found = await waitingOf(tx, params.changeId)
  const decision = await decideProposal(tx, found, { table: 'scheme_change', id: params.changeId, returned: 'RETURN_SCHEME', body, staffKey: actor.staffKey, day })
  if (!decision.ok) return decision
  if (!found || decision.value === null) return ok({ id: params.changeId })
  if (found.findings.length > 0 && found.acknowledgement === null) return refuse('not-acknowledged')
  const version = schemeVersion.parse({ kind: found.kind, terms: found.terms, tariff: found.tariff })
  // what holds may have changed since it was proposed; who decides sits where the change was allowed
  const refusal = refusedBy(await findingsOf(tx, { ...found, version }, day, actor))
  if (refusal) return { ok: false, refusal }
  await change(tx, 'scheme_change', { id: params.changeId }, decision.value, { why: found.reason, action: 'CONFIRM_SCHEME' })
  const shared = { code: found.code, from: found.from, name: found.name, nameEn: found.nameEn, legalBasis: found.legalBasis }
  if (version.kind === 'SUPPORT') await installBlockScheme(tx, { ...shared, kind: version.kind, terms: version.terms })
  else if (version.kind === 'BLOCKS') await installBlockScheme(tx, { ...shared, terms: version.terms })
  else await installScheme(tx, { ...shared, terms: version.terms, tariff: version.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : fen(row.unitFen) })) })
  return ok({ id: params.changeId })
}))

export const readSchemeRoute = handle(readScheme, async (tx, { params }, { actor, businessDate: day }) => {
  if (!await tx.maybe(sql`SELECT 1 FROM scheme WHERE code = ${params.code} AND version = ${params.version}`)) return refuse('not-found')
  return tx.asRole('self', async () => {
    const before = await tx.maybe(sql<{ read_on: string }>`SELECT read_on FROM scheme_reading WHERE scheme_code = ${params.code} AND scheme_version = ${params.version} AND staff_key = ${actor.staffKey}`)
    if (before) return ok({ readOn: before.read_on })
    await add(tx, 'scheme_reading', { scheme_code: params.code, scheme_version: params.version, staff_key: actor.staffKey, read_on: day }, { why: `scheme ${params.code} version ${params.version}` })
    return ok({ readOn: day })
  })
})
