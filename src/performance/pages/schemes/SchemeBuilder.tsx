import { Button, Input, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { ReplyOf } from '../../../foundation/http/contract.ts'
import { newId } from '../../../foundation/values/uuid7.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { call, useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { ExplanationTree } from '../../../ui/ExplanationTree.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { usePhone, useSettings } from '../../../ui/settings.ts'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { tariffEvents } from '../../scheme.contract.ts'
import { schemePeriods, itemClasses } from '../../schemes/block-terms.contract.ts'
import { lackingValues } from '../../schemes/judge-scheme.rules.ts'
import { compareScheme, openSchemeDesk, proposeScheme, tryScheme } from '../../schemes/scheme-change.contract.ts'
import { codeNames, named } from '../../pay-words.rules.ts'
import { tellSteps } from '../../statement/tell-statement.rules.ts'
import { explainTold } from '../explain-told.ts'
import { TypedGrid } from '../TypedGrid.tsx'
import { BlockEditor } from './BlockEditor.tsx'
import { builderText, classNames, findingText, givenNames, periodNames } from './block-text.ts'
import { SchemeComparison } from './SchemeComparison.tsx'
import { ExampleInputs, exampleOf, type ExampleDraft } from './ExampleInputs.tsx'
import { draftOfVersion, emptyDraft, versionOf, type SchemeDraft } from './scheme-draft.ts'
import { emptySupportExample, supportExampleOf } from './support-draft.ts'
import { supportParts } from './support-text.ts'
import { SupportForm } from './SupportForm.tsx'
import { SupportFound, SupportInputs } from './SupportTrial.tsx'

type Desk = ReplyOf<typeof openSchemeDesk>

/** A scheme put together out of blocks, without code: tried with example figures at once, judged while it is written, proposed for a second person. */
export default function SchemeBuilder() {
  const t = useText(builderText)
  const { data, error, refetch } = useContract(openSchemeDesk, {})
  return (
    <Page>
      <PageHeader title={t('newScheme')} crumbs={[{ title: t('desk'), to: '/schemes/desk' }]} sub={t('newSub')} />
      {data ? <Builder desk={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </Page>
  )
}

const nextMonth = (day: string): string => {
  const [year = 2000, month = 1] = day.split('-').map(Number)
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}

function Builder({ desk }: { desk: Desk }) {
  const t = useText(builderText)
  const pick = usePick()
  const toast = useToast()
  const go = useNavigate()
  const from = nextMonth(desk.asOf)
  const [id] = useState(newId)
  const [draft, setDraft] = useState<SchemeDraft>(() => emptyDraft('BLOCKS', from))
  const [example, setExample] = useState<ExampleDraft>({ from, grade: '', events: '', rows: {} })
  const [month, setMonth] = useState(() => emptySupportExample(from.slice(0, 7)))
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<readonly string[]>([])
  // where something was asked for: what is missing is told there
  const [askedAt, setAskedAt] = useState<'preview' | 'effect'>('preview')
  const [tried, setTried] = useState<ReplyOf<typeof tryScheme> | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const compareNow = useAct(compareScheme, { onDone: ({ jobId }) => setJob(jobId) })
  const [failed, setFailed] = useState<unknown>(null)
  const send = useAct(proposeScheme, { refresh: ['schemes.desk', 'listSchemes'], onDone: () => {
    toast(t('sent'))
    void go('/schemes/desk')
  } })
  const put = (patch: Partial<SchemeDraft>): void => {
    setDraft({ ...draft, ...patch })
    setTried(null)
    setJob(null)
  }
  const departments = draft.support.departments.map((row) => row['code'] ?? '').filter((code) => code !== '')
  const nameOf = (code: string): string => {
    const unit = desk.units.find((one) => one.code === code)
    return unit ? pick({ zh: unit.name, en: unit.nameEn }) : code
  }
  const asked = () => {
    const written = versionOf(draft)
    const partOf = (path: string): string => {
      const part = draft.kind === 'SUPPORT' ? supportParts[path.split(' · ')[0] ?? ''] : undefined
      return part ? pick(part) : path
    }
    const missing = [...new Set((written.wrong ?? []).map(partOf)), ...(/^[A-Z][A-Z0-9_]{1,30}$/.test(draft.code.trim()) ? [] : [t('code')]), ...(draft.name.trim().length < 2 ? [t('name')] : []), ...(/^\d{4}-\d{2}-01$/.test(draft.from) ? [] : [t('from')])]
    setWrong(missing)
    if (written.version === null || missing.length > 0) return null
    return { code: draft.code.trim(), from: draft.from, name: draft.name.trim(), nameEn: draft.nameEn.trim().length < 2 ? draft.name.trim() : draft.nameEn.trim(), legalBasis: draft.legalBasis.trim().length < 2 ? draft.name.trim() : draft.legalBasis.trim(), authorisation: draft.authorisation.trim() === '' ? null : draft.authorisation.trim(), version: written.version }
  }
  const work = (): void => {
    setAskedAt('preview')
    const body = asked()
    const given = body === null ? null : body.version.kind === 'SUPPORT' ? supportExampleOf(month, departments) : exampleOf(example, body.version)
    const lacking = body === null || given == null || body.version.kind === 'SUPPORT' || 'departments' in given ? [] : lackingValues(body.version.terms.blocks, given.values.map(({ code }) => code))
    if (given === undefined) setWrong([t('exampleWrong')])
    else if (lacking.length > 0) setWrong(lacking.map((code) => `${pick(givenNames[code] ?? named(codeNames, code))}${t('ofExample')}`))
    setFailed(null)
    if (body !== null && given !== undefined && lacking.length === 0) call(tryScheme, { body: { ...body, example: given } }).then(setTried, setFailed)
  }
  const compare = (): void => {
    setAskedAt('preview')
    const body = asked()
    setFailed(null)
    setJob(null)
    if (body !== null) compareNow.mutate({ body: { code: body.code, version: body.version } })
  }
  const propose = (): void => {
    setAskedAt('effect')
    const body = asked()
    if (body !== null && reason.trim().length < 4) setWrong([t('reason')])
    else if (body !== null) {
      // refused by its findings: they are shown, not only counted
      send.mutate({ body: { id, ...body, reason: reason.trim() } }, { onError: () => { call(tryScheme, { body: { ...body, example: null } }).then(setTried, setFailed) } })
    }
  }
  const refused = tried?.findings.filter(({ level }) => level === 'REFUSE') ?? []
  const { language } = useSettings()
  const told = tried?.steps ? tellSteps(tried.steps, 'PAYABLE', language) : null
  const root = told ? explainTold(told, null, String) : null
  return (
    <>
      <Block title={t('begin')}>
        <div className="yq-row">
          {(['BLOCKS', 'POINTS', 'SUPPORT'] as const).map((kind) => <Button key={kind} type={draft.kind === kind ? 'primary' : 'default'} ghost={draft.kind === kind} aria-pressed={draft.kind === kind} onClick={() => put(emptyDraft(kind, draft.from))}>{t(kind)}</Button>)}
          <Select aria-label={t('copyOf')} placeholder={t('copyOf')} style={{ minWidth: 240 }} value={null} options={desk.copies.map((copy) => ({ value: copy.key, label: `${pick({ zh: copy.name, en: copy.nameEn })} ${copy.key.startsWith('house') ? t('house') : copy.key}` }))}
            onChange={(key: string | null) => {
              const copy = desk.copies.find((one) => one.key === key)
              if (copy) put(draftOfVersion(copy, draft.from))
            }} />
        </div>
      </Block>
      <div className="yq-grid" data-columns="3-2">
        <div className="yq-stack">
          <Section title={t('about')} told={[draft.code, draft.name].filter((text) => text !== '').join(' · ')} begins><About draft={draft} desk={desk} put={put} /></Section>
          {draft.kind === 'SUPPORT' ? <SupportForm draft={draft.support} desk={desk} onChange={(support) => put({ support })} /> : (
            <>
              <Section title={t('blocks')} told={draft.blocks.map(({ code }) => code).join(' → ')}>
                <BlockEditor blocks={draft.blocks} kind={draft.kind} indicators={desk.indicators} onChange={(blocks) => put({ blocks })} />
              </Section>
              <Section title={t('parameters')} told=""><Parameters draft={draft} desk={desk} put={put} /></Section>
            </>
          )}
        </div>
        <div className="yq-aside" data-stays="">
          <Block title={t('preview')}>
            <div className="yq-stack">
              {draft.kind === 'SUPPORT' ? <SupportInputs example={month} departments={departments} nameOf={nameOf} withControl={draft.support.controlBases.length > 0} onChange={setMonth} />
                : <ExampleInputs example={example} blocks={draft.blocks} kind={draft.kind} onChange={setExample} />}
              {askedAt === 'preview' && wrong.length > 0 && <Note tone="error">{t('wrong', { list: wrong.join(mark('；')) })}</Note>}
              <div className="yq-row"><Button onClick={work}>{t('tryIt')}</Button><Button onClick={compare} loading={compareNow.isPending}>{t('compare')}</Button></div>
              {compareNow.error && <ErrorState error={compareNow.error} onRetry={compare} />}
              {failed !== null && <ErrorState error={failed} onRetry={work} />}
              {tried && (
                <div className="yq-stack" role="status">
                  <Findings found={tried.findings} />
                  {tried.payable !== null && <p>{t('payable')} <strong><Amount fen={tried.payable} unit="yuan" withUnit /></strong></p>}
                  {tried.support ? <SupportFound found={tried.support} nameOf={nameOf} /> : root ? <ExplanationTree root={root} label={t('preview')} open={9} /> : <EmptyState title={t('noSteps')} />}
                </div>
              )}
            </div>
          </Block>
        </div>
      </div>
      {job !== null && <Block title={t('compare')}><SchemeComparison job={job} /></Block>}
      <Block title={t('effect')}>
        <div className="yq-stack">
          <Labelled label={t('reason')}>{(label) => <Input.TextArea aria-label={label} value={reason} maxLength={200} rows={2} onChange={(event) => setReason(event.target.value)} />}</Labelled>
          {askedAt === 'effect' && wrong.length > 0 && <Note tone="error">{t('wrong', { list: wrong.join(mark('；')) })}</Note>}
          {send.error && <ErrorState error={send.error} onRetry={() => send.reset()} />}
          {send.error && refused.length > 0 && <Findings found={refused} />}
          <div className="yq-row"><Button type="primary" loading={send.isPending} onClick={propose}>{t('submit')}</Button><Button onClick={() => void go('/schemes/desk')}>{t('cancel')}</Button></div>
        </div>
      </Block>
    </>
  )
}

type Found = ReplyOf<typeof tryScheme>['findings']
/** What the validator says of the scheme, each as a sentence; a list where there are several. */
function Findings({ found }: { found: Found }) {
  const t = useText(builderText)
  const pick = usePick()
  const [only] = found
  if (only === undefined) return <Note tone="success">{t('noFinding')}</Note>
  return (
    <Note tone={found.some(({ level }) => level === 'REFUSE') ? 'error' : 'warning'}>
      {found.length === 1 ? pick(findingText(only)) : <ul style={{ margin: 0, paddingInlineStart: 20 }}>{found.map((one) => <li key={`${one.code} ${one.block ?? ''} ${one.item ?? ''}`}>{pick(findingText(one))}</li>)}</ul>}
    </Note>
  )
}

/** A part of the builder. On the phone it is a line that opens: a scorecard with all its parts open is ten screens of it. */
function Section({ title, told, begins = false, children }: { title: string; told: string; /** Open at first. */ begins?: boolean; children: ReactNode }) {
  const phone = usePhone()
  const [open, setOpen] = useState(begins)
  if (!phone) return <Block title={title}>{children}</Block>
  return (
    <section className="yq-block"><div className="yq-block-body">
      <details className="yq-fold" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary><strong>{title}</strong> <span className="yq-quiet">{told}</span></summary>
        {open && <div className="yq-stack">{children}</div>}
      </details>
    </div></section>
  )
}

function Labelled({ label, hint = null, children }: { label: string; hint?: string | null; children: (label: string) => ReactNode }) {
  return <label className="yq-stack" style={{ gap: 4, minWidth: 200, alignContent: 'start' }}><span>{label}</span>{children(label)}{hint !== null && <span className="yq-field-hint">{hint}</span>}</label>
}

const hints = { code: 'codeHint', nameEn: 'nameEnHint', from: 'fromHint', grades: 'gradesHint', carryMonths: 'carryHint', score: 'scoreHint', authorisation: 'authorisationHint' } as const satisfies Readonly<Record<string, string>>

type Part = { draft: SchemeDraft; desk: Desk; put: (patch: Partial<SchemeDraft>) => void }
const wide = { minWidth: 220 }

function About({ draft, desk, put }: Part) {
  const t = useText(builderText)
  const pick = usePick()
  const line = (key: 'code' | 'name' | 'nameEn' | 'legalBasis' | 'from' | 'grades' | 'authorisation' | 'carryMonths' | 'score', max: number) => (
    <Labelled key={key} label={t(key)} hint={key in hints ? t(hints[key as keyof typeof hints]) : null}>{(label) => <Input aria-label={label} value={draft[key]} maxLength={max} onChange={(event) => put({ [key]: event.target.value })} />}</Labelled>
  )
  const many = (key: 'posts' | 'units' | 'exceptUnits' | 'supervisorPosts' | 'retailPosts', from: Desk['posts']) => (
    <Labelled key={key} label={t(key)}>{(label) => <Select aria-label={label} mode="multiple" style={wide} value={draft[key]} options={from.map((one) => ({ value: one.code, label: `${pick({ zh: one.name, en: one.nameEn })} ${one.code}` }))} optionFilterProp="label" placeholder={t('all')} onChange={(value: string[]) => put({ [key]: value })} />}</Labelled>
  )
  return (
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))', gap: 12 }}>
        {line('code', 31)}{line('name', 40)}{line('nameEn', 60)}{line('legalBasis', 200)}{line('from', 10)}
        {draft.kind !== 'SUPPORT' && many('posts', desk.posts)}{draft.kind !== 'SUPPORT' && many('units', desk.units)}
        {draft.kind === 'POINTS' && many('exceptUnits', desk.units)}
        {draft.kind === 'POINTS' && many('supervisorPosts', desk.posts)}
        {draft.kind === 'POINTS' && many('retailPosts', desk.posts)}
        {draft.kind === 'BLOCKS' && line('grades', 60)}
        {draft.kind === 'BLOCKS' && <Labelled label={t('period')}>{(label) => <Select aria-label={label} value={draft.period} options={schemePeriods.map((value) => ({ value, label: pick(periodNames[value]) }))} onChange={(period) => put({ period })} />}</Labelled>}
        {draft.kind === 'BLOCKS' && line('score', 31)}
        {draft.kind !== 'SUPPORT' && line('carryMonths', 2)}{line('authorisation', 60)}
        {draft.kind !== 'SUPPORT' && <Labelled label={t('contest')}>{(label) => <Select aria-label={label} mode="multiple" style={wide} value={draft.contest} options={desk.indicators.map((one) => ({ value: one.code, label: `${pick({ zh: one.name, en: one.nameEn })} ${one.code}` }))} optionFilterProp="label" placeholder={t('notContest')} onChange={(contest: string[]) => put({ contest })} />}</Labelled>}
      </div>
  )
}

function Parameters({ draft, put }: Part) {
  const t = useText(builderText)
  const pick = usePick()
  if (draft.kind === 'BLOCKS') {
    const items = draft.blocks.filter(({ kind }) => kind === 'RATIOS' || kind === 'MARKS').flatMap(({ grids }) => grids['items'] ?? []).filter((row) => (row['code'] ?? '') !== '')
    return (
        <div className="yq-stack">
          <TypedGrid label={t('bases')} columns={[{ key: 'grade', title: t('grade'), text: true }, { key: 'base', title: t('base') }]} rows={draft.bases} onChange={(bases) => put({ bases })} add={t('addRow')} />
          <p className="yq-quiet yq-small">{t('basesHint')}</p>
          {items.length > 0 && (
            <TypedGrid titled label={t('classes')} columns={[{ key: 'name', title: t('item'), fixed: true }, { key: 'class', title: t('class'), options: itemClasses.map((value) => ({ value, label: pick(classNames[value]) })) }]}
              rows={items.map((row) => ({ name: `${pick({ zh: row['zh'] ?? '', en: (row['en'] ?? '').trim() === '' ? row['zh'] ?? '' : row['en'] ?? '' })} ${row['code'] ?? ''}`, code: row['code'] ?? '', class: draft.classes.find((one) => one['code'] === row['code'])?.['class'] ?? 'operating' }))} onChange={(classes) => put({ classes })} />
          )}
        </div>
    )
  }
  const params = (['earlyGraceMonths', 'linkCeiling', 'lateReturnRatio', 'evaluationPointRate', 'supervisorCeiling'] as const)
  return (
      <div className="yq-stack">
        <TypedGrid label={t('tariff')} columns={[{ key: 'event', title: t('event'), options: tariffEvents.map((value) => ({ value, label: pick(named(codeNames, value)) })) }, { key: 'unit', title: t('perYuan'), empty: t('each') }, { key: 'points', title: t('points') }, { key: 'products', title: t('products'), text: true, empty: t('all') }]} rows={draft.tariff} onChange={(tariff) => put({ tariff })} add={t('addRow')} />
        <TypedGrid titled label={t('marketing')} columns={[{ key: 'from', title: t('atLeast') }, { key: 'coefficient', title: t('coefficient') }]} rows={draft.marketing} onChange={(marketing) => put({ marketing })} add={t('addRow')} />
        <TypedGrid titled label={t('inputs')} columns={[{ key: 'name', title: t('parameter'), fixed: true }, { key: 'value', title: t('value') }]} rows={params.map((key) => ({ key, name: t(key), value: draft.params[key] ?? '' }))}
          onChange={(rows) => put({ params: { ...draft.params, ...Object.fromEntries(rows.map((row) => [row['key'] ?? '', row['value'] ?? ''])) } })} />
      </div>
  )
}
