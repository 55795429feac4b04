import { Button } from 'antd'
import { useState } from 'react'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AreaField, ChoiceField, DayField, TextField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { conductGrades, confirmIndicatorFact, enterIndicatorFact, factStates, indicators, listIndicatorFacts, returnIndicatorFact, type IndicatorFactShown, type NewIndicatorFact } from '../indicator-fact.contract.ts'
import { listIndicators } from '../indicator.contract.ts'
import { checkGrades, reportGrades } from '../inspection.contract.ts'
import { codeNames, gradeNames, named } from '../pay-words.rules.ts'
import { payText } from './pay-text.ts'

/** What has no ledger yet: entered with evidence, confirmed or returned by a second person. */
export default function IndicatorFacts() {
  const t = useText(payText)
  const pick = usePick()
  const list = useListState(['state'])
  const { cursor, state } = list.query
  const source = useContract(listIndicatorFacts, { query: { ...(state === undefined ? {} : { state: state as IndicatorFactShown['state'] }), ...(cursor === undefined ? {} : { cursor }) } })
  const [entering, setEntering] = useState(false)
  const [returning, setReturning] = useState<IndicatorFactShown | null>(null)
  const confirm = useAct(confirmIndicatorFact, { refresh: ['listIndicatorFacts'] })
  return (
    <Page>
      <PageHeader title={t('forms')} actions={<Button type="primary" onClick={() => setEntering(true)}>{t('enter')}</Button>} />
      <Note tone="info">{t('formsNote')}</Note>
      {confirm.error && <ErrorState error={confirm.error} onRetry={() => confirm.reset()} />}
      <DataTable<IndicatorFactShown>
        label={t('forms')} list={list} source={source} rowKey={(row) => row.id} measure="条" measureEn="{n|fact|facts}" empty={<EmptyState title={t('formsEmpty')} />}
        bar={<FilterBar list={list} filters={[{ name: 'state', label: t('state'), options: factStates.map((value) => ({ value, label: t(value) })) }]} />}
        columns={[
          { key: 'indicator', title: t('indicator'), show: (row) => pick(row.indicatorName ?? named(codeNames, row.indicator)) },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={row.state === 'CONFIRMED' ? 'success' : row.state === 'RETURNED' ? 'warning' : 'info'}>{t(row.state)}</Tag> },
          { key: 'name', title: t('name'), show: (row) => `${row.name} ${row.staffNo}` },
          { key: 'month', title: t('month'), show: (row) => row.month },
          { key: 'value', title: t('value'), right: true, show: (row) => row.value ?? (row.grade === null ? '--' : pick(named(gradeNames, row.grade))) },
          { key: 'object', title: t('object'), emptyAt: (row) => row.object === null, show: (row) => row.object ?? '--' },
          { key: 'evidence', title: t('evidence'), show: (row) => <span className="yq-cell" style={{ display: 'inline-block', minWidth: '12em', maxWidth: '18em', width: 'auto' }}>{row.returnReason === null ? row.evidence : `${row.evidence}${mark('（')}${t('reason')}${mark('：')}${row.returnReason}${mark('）')}`}</span> },
          { key: 'enteredBy', title: t('enteredBy'), show: (row) => `${row.enteredBy} ${row.enteredOn}` },
          { key: 'decidedBy', title: t('decidedBy'), show: (row) => (row.decidedBy === null ? '--' : `${row.decidedBy} ${row.decidedOn ?? ''}`) },
          { key: 'act', title: '', card: 'action', emptyAt: (row) => row.state !== 'ENTERED', show: (row) => row.state !== 'ENTERED' ? '' : (
            <span className="yq-row">
              <ActionButton size="small" may={row.may.confirm} refusals={confirmIndicatorFact.refusals} onClick={() => confirm.mutate({ params: { factId: row.id } })}>{t('confirm')}</ActionButton>
              <ActionButton size="small" may={row.may.confirm} refusals={returnIndicatorFact.refusals} onClick={() => setReturning(row)}>{t('return')}</ActionButton>
            </span>
          ) },
        ]}
      />
      {entering && <EnterFact onClose={() => setEntering(false)} />}
      {returning && <ReturnFact key={returning.id} fact={returning} onClose={() => setReturning(null)} />}
    </Page>
  )
}

type Entry = { indicator: string; staffNo: string; month: string; businessDate: string; value: string; grade: string | null; object: string; loanNo: string; evidence: string }
const gradesOf: Readonly<Record<string, readonly string[]>> = { INSPECTION_REPORT: reportGrades, INSPECTION_CHECK: checkGrades, CONDUCT_EVENT: conductGrades }
const hasGrade = (indicator: string): boolean => indicator in gradesOf

function EnterFact({ onClose }: { onClose: () => void }) {
  const t = useText(payText)
  const pick = usePick()
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const { data: defined } = useContract(listIndicators, {})
  const byForm = (defined?.indicators ?? []).filter((one) => one.inForce && one.terms.source === 'FORM')
  const enter = useAct(enterIndicatorFact, { refresh: ['listIndicatorFacts'] })
  const form = useForm<Entry>({
    initial: { indicator: 'MARKETING_SCORE', staffNo: '', month: today.slice(0, 7), businessDate: today, value: '', grade: null, object: '', loanNo: '', evidence: '' },
    check: (entry) => {
      const score = entry.indicator === 'MARKETING_SCORE' || entry.indicator === 'RETAIL_SCORE'
      const graded = hasGrade(entry.indicator)
      return {
        ...(entry.staffNo.trim() === '' ? { staffNo: t('required') } : {}), ...(entry.evidence.trim().length < 4 ? { evidence: t('required') } : {}),
        ...(graded && entry.grade === null ? { grade: t('required') } : {}), ...(graded && entry.object.trim() === '' ? { object: t('required') } : {}), ...(entry.indicator === 'INSPECTION_REPORT' && entry.grade === 'FALSE' && entry.loanNo.trim() === '' ? { loanNo: t('required') } : {}),
        ...(!graded && !/^-?\d{1,15}(\.\d{1,2})?$/.test(entry.value) ? { value: score ? t('wrongScore') : t('wrongValue') } : {}),
      }
    },
    send: (entry) => enter.mutateAsync({ body: bodyOf(id, entry) }),
  })
  const { indicator } = form.values
  return (
    <FormDrawer title={t('enterTitle')} open onClose={onClose} form={form} submit={t('enter')} onDone={() => toast(t('entered'))}>
      <ChoiceField form={form} name="indicator" label={t('indicator')} required options={[...indicators.map((value) => ({ value, label: pick(named(codeNames, value)) })), ...byForm.map((one) => ({ value: one.code, label: pick({ zh: one.name, en: one.nameEn }) }))]} />
      <TextField form={form} name="staffNo" label={t('staffNo')} required max={20} />
      <DayField form={form} name="month" label={t('month')} required month />
      <DayField form={form} name="businessDate" label={t('businessDate')} required to={today} />
      {hasGrade(indicator) ? (
        <>
          <TextField form={form} name="object" label={t('object')} required max={100} />
          <ChoiceField form={form} name="grade" label={t('grade')} required options={(gradesOf[indicator] ?? []).map((value) => ({ value, label: pick(named(gradeNames, value)) }))} />
          {(form.values.grade === 'FALSE' || indicator !== 'INSPECTION_REPORT') && <TextField form={form} name="loanNo" label={t(indicator === 'INSPECTION_REPORT' ? 'loanNo' : 'loanIfAny')} required={indicator === 'INSPECTION_REPORT'} max={40} />}
        </>
      ) : <TextField form={form} name="value" label={t('value')} required max={18} inputMode="numeric" />}
      <AreaField form={form} name="evidence" label={t('evidence')} required max={500} />
    </FormDrawer>
  )
}

function bodyOf(id: string, entry: Entry): NewIndicatorFact {
  const { indicator, staffNo, month, businessDate, evidence } = entry
  const shared = { id, staffNo, month, businessDate, evidence }
  const ofLoan = entry.loanNo.trim() === '' ? {} : { loanNo: entry.loanNo.trim() }
  if (indicator === 'INSPECTION_REPORT') {
    return { ...shared, indicator, object: entry.object, grade: (entry.grade ?? 'PASS') as (typeof reportGrades)[number], ...(entry.grade === 'FALSE' ? ofLoan : {}) }
  }
  if (indicator === 'INSPECTION_CHECK') return { ...shared, indicator, object: entry.object, grade: (entry.grade ?? 'PASS') as (typeof checkGrades)[number], ...ofLoan }
  if (indicator === 'CONDUCT_EVENT') return { ...shared, indicator, object: entry.object, grade: (entry.grade ?? 'AMBER') as (typeof conductGrades)[number], ...ofLoan }
  const known = indicators.find((one): one is 'MARKETING_SCORE' | 'RETAIL_SCORE' | 'NET_GROWTH_TARGET' | 'TEAM_TARGET' => one === indicator)
  return known ? { ...shared, indicator: known, value: entry.value } : { ...shared, indicator: 'DEFINED', code: indicator, value: entry.value }
}

function ReturnFact({ fact, onClose }: { fact: IndicatorFactShown; onClose: () => void }) {
  const t = useText(payText)
  const send = useAct(returnIndicatorFact, { refresh: ['listIndicatorFacts'] })
  const form = useForm({
    initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 4 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { factId: fact.id }, body: { reason } }),
  })
  return (
    <FormDrawer title={t('returnTitle')} open onClose={onClose} form={form} submit={t('return')}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
