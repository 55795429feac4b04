import { Button, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { amountText } from '../../ui/amount-format.ts'
import { Amount } from '../../ui/Amount.tsx'
import { Block } from '../../ui/Block.tsx'
import { call, useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ExplanationTree } from '../../ui/ExplanationTree.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Note } from '../../ui/Note.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useSettings } from '../../ui/settings.ts'
import { aside, mark, usePick, useText } from '../../ui/text.ts'
import { listBlockSchemes, tryRule, type Trial, type Tried } from '../rule-trial.contract.ts'
import { reasonText } from '../pay-words.rules.ts'
import { tellSteps } from '../statement/tell-statement.rules.ts'
import { explainTold } from './explain-told.ts'
import { trialText } from './trial-text.ts'
import { examples, fenTyped, numberTyped, typedRows } from './typed-trial.ts'
import { TypedGrid, type GridRow } from './TypedGrid.tsx'

type Scheme = ReplyOf<typeof listBlockSchemes>['schemes'][number]

/** The rules of pay with typed numbers, by the functions that settlements use: each value with its operands. */
export default function RuleTrial() {
  const t = useText(trialText)
  const tabs = (['SCORECARD', 'HUNDRED', 'SUPPORT', 'CLAW_BACK', 'ANNUAL', 'SAMPLE'] as const).map((key) => ({ key, label: t(key) }))
  const tab = usePageTab(tabs)
  const { data, error, refetch } = useContract(listBlockSchemes, {})
  const scheme = data?.schemes.find(({ code }) => code === tab)
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} />
      <PageTabs tabs={tabs} label={t('title')} />
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />)}
      {data && scheme && <TryScheme key={scheme.code} scheme={scheme} today={data.asOf} />}
      {data && tab === 'SUPPORT' && <TrySupport />}
      {data && tab === 'CLAW_BACK' && <TryClawBack />}
      {data && tab === 'ANNUAL' && <TryAnnual />}
      {data && tab === 'SAMPLE' && <TrySample />}
    </Page>
  )
}

/** What is typed on the left, what comes of it below; the button works out, and says when something is not a number. */
function Worksheet({ title, children, trialOf, onExample, show }: { title: string; children: ReactNode; trialOf: () => Trial | null; onExample: () => void; show: (found: Tried) => ReactNode }) {
  const t = useText(trialText)
  const [found, setFound] = useState<Tried | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const [wrong, setWrong] = useState(false)
  const work = (): void => {
    const trial = trialOf()
    setWrong(trial === null)
    setFailed(null)
    if (trial !== null) call(tryRule, { body: { trial } }).then(({ found: one }) => setFound(one), setFailed)
  }
  return (
    <>
      <Block title={title} actions={<Button size="small" onClick={onExample}>{t('fill')}</Button>}>
        <div className="yq-stack">
          {children}
          {wrong && <Note tone="error">{t('wrong')}</Note>}
          <div><Button type="primary" onClick={work}>{t('work')}</Button></div>
        </div>
      </Block>
      {failed !== null && <ErrorState error={failed} onRetry={work} />}
      <Block title={t('result')}>{found === null ? <EmptyState title={t('emptyResult')} /> : show(found)}</Block>
    </>
  )
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly { value: string; label: string }[]; onChange: (value: string) => void }) {
  return <label className="yq-row"><span>{label}</span><Select aria-label={label} size="small" value={value} options={[...options]} onChange={onChange} style={{ minWidth: 140 }} /></label>
}

function TryScheme({ scheme, today }: { scheme: Scheme; today: string }) {
  const t = useText(trialText)
  const pick = usePick()
  const { language } = useSettings()
  const items = scheme.blocks.flatMap((block) => (block.kind === 'RATIOS' ? block.items : []))
  const marked = scheme.blocks.flatMap((block) => (block.kind === 'MARKS' ? block.items : []))
  const excess = scheme.blocks.some((block) => block.kind === 'EXCESS')
  const deferral = scheme.blocks.some((block) => block.kind === 'DEFER')
  const begin = (values: Readonly<Record<string, readonly [string, string]>>): GridRow[] => items.map((item) => ({ name: pick(item.name), indicator: item.indicator, weight: item.weight, target: values[item.indicator]?.[0] ?? '', actual: values[item.indicator]?.[1] ?? '' }))
  const beginMarks = (values: Readonly<Record<string, string>>): GridRow[] => marked.map((item) => ({ name: pick(item.name), code: item.code, weight: item.weight, mark: values[item.code] ?? '' }))
  const [rows, setRows] = useState(begin({}))
  const [marks, setMarks] = useState(beginMarks({}))
  const [terms, setTerms] = useState<GridRow[]>([{ base: '', grade: 'B', from: `${today.slice(0, 7)}-01`, carryIn: '0', correction: '0' }])
  const [event, setEvent] = useState('none')
  const [mode, setMode] = useState<'BLENDED' | 'PROFIT_ONLY'>('BLENDED')
  const [deferred, setDeferred] = useState('no')
  const trialOf = (): Trial | null => {
    const [row = {}] = terms
    const [baseFen, carryInFen, correctionFen] = [fenTyped(row['base']), fenTyped(row['carryIn']), fenTyped(row['correction'])]
    const indicators = typedRows(rows, (one) => ({ code: one['indicator'] ?? '', target: numberTyped(one['target']), actual: numberTyped(one['actual']) }))
    const given = typedRows(marks.filter((one) => (one['mark'] ?? '').trim() !== ''), (one) => ({ code: one['code'] ?? '', mark: numberTyped(one['mark']) }))
    if (baseFen === undefined || carryInFen === undefined || correctionFen === undefined || indicators === undefined || given === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(row['from'] ?? '')) return null
    const kept = given.flatMap((one) => (one.mark === null ? [] : [{ code: one.code, mark: one.mark }]))
    return {
      kind: 'SCHEME', scheme: scheme.code, from: row['from'] ?? '', grade: (row['grade'] ?? '').trim() === '' ? null : (row['grade'] ?? '').trim(), isDeferred: deferred === 'yes', excess: mode, baseFen: baseFen ?? '0', events: event === 'RED' || event === 'AMBER' ? [event] : [],
      indicators, marks: kept, carryInFen: carryInFen ?? '0', correctionFen: correctionFen ?? '0',
    }
  }
  const fill = (): void => {
    const example = examples[scheme.code]
    setRows(begin(example.indicators))
    setMarks(beginMarks(example.marks))
    setTerms([{ base: example.base, grade: 'B', from: example.from, carryIn: '0', correction: '0' }])
  }
  return (
    <Worksheet
      title={pick(scheme.name)} trialOf={trialOf} onExample={fill}
      show={(found) => {
        if (found.kind !== 'SCHEME') return null
        const told = tellSteps(found.steps, 'PAYABLE', language)
        const root = told && explainTold(told, null, String)
        const deferredTree = found.steps.some(({ code }) => code === 'PAID_NOW')
        const names = new Map([...items.map((one) => [one.code, one.name] as const), ...marked.map((one) => [one.code, one.name] as const)])
        const flagged = found.flags.map(({ item, why }) => `${pick(names.get(item) ?? { zh: item, en: item })}${mark('（')}${reasonText(why, pick)}${mark('）')}`)
        return (
          <div className="yq-stack">
            <p>{t('payable')} <strong><Amount fen={found.payableFen} unit="yuan" withUnit /></strong></p>
            {flagged.length > 0 && <Note tone="warning">{t('flags', { list: flagged.join(mark('、')) })}</Note>}
            {root && <ExplanationTree root={root} label={t('result')} open={9} />}
            {deferredTree && <PlainTable label={t('deferral')} columns={[{ key: 'n', title: t('deferral') }, { key: 'a', title: t('amount'), right: true }]} rows={found.steps.filter(({ code }) => code.startsWith('DEFERRED') || code === 'PAID_NOW').map((step) => ({ key: step.code, cells: [step.code === 'PAID_NOW' ? pick({ zh: '当期支付', en: 'paid now' }) : step.code === 'DEFERRED' ? t('deferral') : pick({ zh: `第 ${step.code.slice(9)} 期`, en: `tranche ${step.code.slice(9)}` }), amountText(step.value, 'yuan')] }))} />}
          </div>
        )
      }}
    >
      <TypedGrid label={t('indicators')} columns={[{ key: 'name', title: t('indicator'), fixed: true }, { key: 'weight', title: t('weight'), fixed: true }, { key: 'target', title: t('target') }, { key: 'actual', title: t('actual') }]} rows={rows} onChange={setRows} />
      {marked.length > 0 && <TypedGrid label={t('marks')} columns={[{ key: 'name', title: t('marks'), fixed: true }, { key: 'weight', title: t('weight'), fixed: true }, { key: 'mark', title: t('mark') }]} rows={marks} onChange={setMarks} />}
      <TypedGrid label={t('conditions')} columns={[{ key: 'base', title: t('base') }, { key: 'grade', title: t('grade') }, { key: 'from', title: t('from') }, { key: 'carryIn', title: t('carryIn') }, { key: 'correction', title: t('correction') }]} rows={terms} onChange={setTerms} />
      <div className="yq-row">
        <Choice label={t('event')} value={event} options={[{ value: 'none', label: t('none') }, { value: 'AMBER', label: t('AMBER') }, { value: 'RED', label: t('RED') }]} onChange={setEvent} />
        {excess && <Choice label={t('excess')} value={mode} options={(['BLENDED', 'PROFIT_ONLY'] as const).map((value) => ({ value, label: t(value) }))} onChange={(value) => setMode(value === 'PROFIT_ONLY' ? 'PROFIT_ONLY' : 'BLENDED')} />}
        {deferral && <Choice label={t('deferral')} value={deferred} options={(['no', 'yes'] as const).map((value) => ({ value, label: t(value) }))} onChange={setDeferred} />}
      </div>
    </Worksheet>
  )
}

function TrySupport() {
  const t = useText(trialText)
  const pick = usePick()
  const [front, setFront] = useState<GridRow[]>([{}])
  const [departments, setDepartments] = useState<GridRow[]>([{}])
  const [members, setMembers] = useState<GridRow[]>([])
  const fill = (): void => {
    setFront(examples.SUPPORT.front)
    setDepartments(examples.SUPPORT.departments)
    setMembers(examples.SUPPORT.members)
  }
  const trialOf = (): Trial | null => {
    const amounts = typedRows(front.filter((row) => (row['amount'] ?? '') !== ''), (row) => fenTyped(row['amount']))
    const listed = typedRows(departments.filter((row) => (row['code'] ?? '') !== ''), (row) => {
      const marks = ['answerOnTime', 'rightFirstTime', 'disputes', 'frontLineRating'].map((key) => numberTyped(row[key]))
      const [a, b, c, d] = marks
      return marks.includes(undefined) || (marks.includes(null) && marks.some((one) => one !== null)) ? undefined
        : { code: row['code'] ?? '', marks: a == null || b == null || c == null || d == null ? null : { answerOnTime: a, rightFirstTime: b, disputes: c, frontLineRating: d }, staffWeight: '1', riskControl: false }
    })
    const people = typedRows(members.filter((row) => (row['person'] ?? '') !== ''), (row) => {
      const [factor, mark, days] = [numberTyped(row['gradeFactor']), numberTyped(row['mark']), row['days'] ?? '']
      return factor == null || mark == null || !/^\d{1,2}$/.test(days) ? undefined : { department: row['department'] ?? '', person: row['person'] ?? '', gradeFactor: factor, mark, daysInPost: Number(days), events: [] }
    })
    if (amounts === undefined || listed === undefined || people === undefined || amounts.length === 0) return null
    return { kind: 'SUPPORT', frontLineFen: amounts.map((one) => one ?? '0'), daysInMonth: 30, departments: listed, members: people }
  }
  return (
    <Worksheet
      title={t('SUPPORT')} trialOf={trialOf} onExample={fill}
      show={(found) => found.kind === 'SUPPORT' && (
        <div className="yq-stack">
          <Facts facts={[{ label: t('frontLine'), value: <Amount fen={found.frontLineFen} unit="yuan" withUnit /> }, { label: t('pool'), value: <Amount fen={found.poolFen} unit="yuan" withUnit /> }, { label: t('held'), value: <Amount fen={found.heldFen} unit="yuan" withUnit /> }]} />
          <PlainTable label={t('departments')} columns={[{ key: 'd', title: t('department') }, { key: 'p', title: pick({ zh: '各项得分', en: 'Parts' }) }, { key: 's', title: t('score'), right: true }, { key: 'a', title: t('pay'), right: true }, { key: 'h', title: t('held'), right: true }, { key: 'w', title: '' }]}
            rows={found.departments.map((one) => ({ key: one.code, cells: [one.code, one.parts?.join(' + ') ?? '--', one.score ?? '--', amountText(one.payFen, 'yuan'), amountText(one.heldFen, 'yuan'), one.why === null ? '' : reasonText(one.why, pick)] }))} />
          {found.members.length > 0 && <PlainTable label={t('members')} columns={[{ key: 'd', title: t('department') }, { key: 'p', title: t('person') }, { key: 'w', title: t('weight'), right: true }, { key: 'a', title: t('pay'), right: true }]}
            rows={found.members.map((one) => ({ key: `${one.department} ${one.person}`, cells: [one.department, one.person, one.weight, amountText(one.payFen, 'yuan')] }))} />}
        </div>
      )}
    >
      <TypedGrid label={t('frontLine')} columns={[{ key: 'unit', title: t('unit') }, { key: 'amount', title: t('amount') }]} rows={front} onChange={setFront} add={t('addRow')} />
      <TypedGrid label={t('departments')} columns={[{ key: 'code', title: t('department') }, { key: 'answerOnTime', title: t('answerOnTime') }, { key: 'rightFirstTime', title: t('rightFirstTime') }, { key: 'disputes', title: t('disputes') }, { key: 'frontLineRating', title: t('frontLineRating') }]} rows={departments} onChange={setDepartments} add={t('addRow')} />
      <TypedGrid label={t('members')} columns={[{ key: 'person', title: t('person') }, { key: 'department', title: t('department') }, { key: 'gradeFactor', title: t('gradeFactor') }, { key: 'mark', title: t('mark') }, { key: 'days', title: t('days') }]} rows={members} onChange={setMembers} add={t('addRow')} />
    </Worksheet>
  )
}

function TryClawBack() {
  const t = useText(trialText)
  const [terms, setTerms] = useState<GridRow[]>([{ ratio: '1.00' }])
  const [tranches, setTranches] = useState<GridRow[]>([{ state: 'HELD' }])
  const trialOf = (): Trial | null => {
    const [row = {}] = terms
    const [paid, ratio] = [fenTyped(row['paidNow']), numberTyped(row['ratio'])]
    const listed = typedRows(tranches.filter((one) => (one['amount'] ?? '') !== ''), (one) => {
      const fen = fenTyped(one['amount'])
      return fen == null || !/^\d{4}-\d{2}-\d{2}$/.test(one['due'] ?? '') || (one['state'] !== 'HELD' && one['state'] !== 'RELEASED') ? undefined : { due: one['due'] ?? '', fen, state: one['state'] === 'RELEASED' ? ('RELEASED' as const) : ('HELD' as const) }
    })
    return paid == null || ratio == null || listed === undefined ? null : { kind: 'CLAW_BACK', paidNowFen: paid, ratio, tranches: listed }
  }
  const stateName = (state: string): string => (state === 'HELD' || state === 'RELEASED' || state === 'REDUCED' || state === 'FORFEITED' ? t(state) : state)
  return (
    <Worksheet
      title={t('CLAW_BACK')} trialOf={trialOf}
      onExample={() => {
        setTerms([{ paidNow: '23598.00', ratio: '1.00' }])
        setTranches([{ due: '2026-12-31', amount: '5244.00', state: 'RELEASED' }, { due: '2027-12-31', amount: '5244.00', state: 'HELD' }, { due: '2028-12-31', amount: '5244.00', state: 'HELD' }])
      }}
      show={(found) => found.kind === 'CLAW_BACK' && (
        <div className="yq-stack">
          <Facts facts={[{ label: t('forfeited'), value: <Amount fen={found.forfeitedFen} unit="yuan" withUnit /> }, { label: t('claim'), value: <Amount fen={found.claimFen} unit="yuan" withUnit /> }]} />
          <PlainTable label={t('tranches')} columns={[{ key: 'd', title: t('due') }, { key: 'a', title: t('amount'), right: true }, { key: 'f', title: t('forfeited'), right: true }, { key: 's', title: t('state') }]}
            rows={found.tranches.map((one) => ({ key: one.due, cells: [one.due, amountText(one.fen, 'yuan'), amountText(one.forfeitedFen, 'yuan'), stateName(one.state)] }))} />
        </div>
      )}
    >
      <TypedGrid label={t('conditions')} columns={[{ key: 'paidNow', title: t('paidNow') }, { key: 'ratio', title: t('ratio') }]} rows={terms} onChange={setTerms} />
      <TypedGrid label={t('tranches')} columns={[{ key: 'due', title: t('due') }, { key: 'amount', title: t('amount') }, { key: 'state', title: aside(t('state'), t('stateHint')) }]} rows={tranches} onChange={setTranches} add={t('addRow')} />
    </Worksheet>
  )
}

function TryAnnual() {
  const t = useText(trialText)
  const pick = usePick()
  const [rows, setRows] = useState<GridRow[]>([{}])
  const [changed, setChanged] = useState('no')
  const trialOf = (): Trial | null => {
    const [row = {}] = rows
    const [task, taskBefore, competency, management] = [numberTyped(row['task']), numberTyped(row['taskBefore']), numberTyped(row['competency']), numberTyped(row['management'])]
    return task === undefined || taskBefore === undefined || competency === undefined || management === undefined ? null : { kind: 'ANNUAL', task, taskBefore, competency, management, changedJob: changed === 'yes' }
  }
  return (
    <Worksheet
      title={t('ANNUAL')} trialOf={trialOf} onExample={() => setRows([{ task: '95.93', taskBefore: '88.60', competency: '80.00', management: '90.00' }])}
      show={(found) => found.kind === 'ANNUAL' && <Facts facts={[
        { label: t('improvement'), value: found.improvement.why === null ? `${found.improvement.change ?? ''} → ${found.improvement.points}` : reasonText(found.improvement.why, pick) },
        { label: `${t('task')} × 60%`, value: found.parts[0] ?? '--' }, { label: `${t('competency')} × 20%`, value: found.parts[1] ?? '--' }, { label: `${t('management')} ${found.management ?? ''} × 20%`, value: found.parts[2] ?? '--' },
        { label: t('score'), value: <strong>{found.score ?? '--'}</strong> },
      ]} />}
    >
      <TypedGrid label={t('ANNUAL')} columns={[{ key: 'task', title: t('task') }, { key: 'taskBefore', title: t('taskBefore') }, { key: 'competency', title: t('competency') }, { key: 'management', title: t('management') }]} rows={rows} onChange={setRows} />
      <div className="yq-row"><Choice label={t('changedJob')} value={changed} options={(['no', 'yes'] as const).map((value) => ({ value, label: t(value) }))} onChange={setChanged} /></div>
    </Worksheet>
  )
}

function TrySample() {
  const t = useText(trialText)
  const [terms, setTerms] = useState<GridRow[]>([{ seed: '' }])
  const [objects, setObjects] = useState<GridRow[]>([{}, {}, {}])
  const trialOf = (): Trial | null => {
    const seed = terms[0]?.['seed'] ?? ''
    const listed = typedRows(objects.filter((row) => (row['id'] ?? '') !== ''), (row) => { const loan = fenTyped(row['loan']); return loan === undefined ? undefined : { id: row['id'] ?? '', loanFen: loan } })
    return !/^\d{1,9}$/.test(seed) || listed === undefined ? null : { kind: 'SAMPLE', seed: Number(seed), objects: listed }
  }
  return (
    <Worksheet
      title={t('SAMPLE')} trialOf={trialOf}
      onExample={() => {
        setTerms([{ seed: '202504' }])
        setObjects(['L11', 'L12', 'L13', 'L14', 'L15', 'L16'].map((id, place) => ({ id, loan: place === 3 ? '6000000.00' : '800000.00' })))
      }}
      show={(found) => found.kind === 'SAMPLE' && <p><strong>{t('drawn', { n: found.drawn.length })}</strong>{mark('：')}{found.drawn.join(mark('、'))}</p>}
    >
      <p className="yq-quiet">{t('sampleHint')}</p>
      <TypedGrid label={t('conditions')} columns={[{ key: 'seed', title: t('seed') }]} rows={terms} onChange={setTerms} />
      <TypedGrid label={t('objects')} columns={[{ key: 'id', title: t('object') }, { key: 'loan', title: t('loan') }]} rows={objects} onChange={setObjects} add={t('addRow')} />
    </Worksheet>
  )
}
