import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DecimalField, DayField, MoneyField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { amountText } from '../../../ui/amount-format.ts'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { answerPayCase, decidePayCase, listDeductions, proposeClaimPart, proposeClawBack, proposeExemption, proposeTranches } from '../../deferral/deferral.contract.ts'
import { codeNames, named } from '../../pay-words.rules.ts'
import { listSchemes } from '../../scheme.contract.ts'
import { deferralText } from './deferral-text.ts'

const refresh = ['deferrals.list', 'deferrals.mine', 'pay-cases.list', 'pay-cases.get']
const short = (text: string): boolean => text.trim().length < 4

export function TranchesForm({ kind, ids, onClose }: { kind: 'RELEASE' | 'FORFEIT'; ids: readonly string[]; onClose: () => void }) {
  const t = useText(deferralText)
  const go = useNavigate()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeTranches, { refresh })
  const form = useForm({
    initial: { evidence: '', reason: '' }, check: (entry) => ({ ...(short(entry.evidence) ? { evidence: t('required') } : {}), ...(short(entry.reason) ? { reason: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, kind, trancheIds: [...ids], ...entry } }),
  })
  return (
    <FormDrawer title={t(kind)} open onClose={onClose} form={form} submit={t(kind === 'RELEASE' ? 'release' : 'forfeit')} onDone={() => { toast(t('entered')); void go(`/deferred-pay/cases/${id}`) }}>
      <p className="yq-quiet">{t('chosen', { n: ids.length })}</p>
      <TextField form={form} name="evidence" label={t('evidence')} hint={t('evidenceHint')} required max={500} />
      <AreaField form={form} name="reason" label={t('reason')} required max={500} />
    </FormDrawer>
  )
}

export function ClawBackForm({ onClose }: { onClose: () => void }) {
  const t = useText(deferralText)
  const pick = usePick()
  const { data } = useContract(listSchemes, {})
  const schemes = [...new Map((data?.schemes ?? []).map((one) => [one.code, pick({ zh: one.name, en: one.nameEn })])).entries()].map(([value, label]) => ({ value, label }))
  const go = useNavigate()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeClawBack, { refresh })
  const form = useForm({
    initial: { staffNo: '', scheme: null as string | null, month: '', basis: 'A' as 'A' | 'B' | 'C', ratio: '1.00', monthlyFen: null as string | null, evidence: '', reason: '' },
    check: (entry) => ({ ...(entry.staffNo.trim() === '' ? { staffNo: t('required') } : {}), ...(entry.scheme === null ? { scheme: t('required') } : {}), ...(entry.month === '' ? { month: t('required') } : {}), ...(!/^[01](\.\d{1,4})?$/.test(entry.ratio.trim()) ? { ratio: t('ratioHint') } : {}), ...(short(entry.evidence) ? { evidence: t('required') } : {}), ...(short(entry.reason) ? { reason: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ body: { id, ...entry, scheme: entry.scheme ?? '', ratio: entry.ratio.trim() } }),
  })
  return (
    <FormDrawer title={t('CLAW_BACK')} open onClose={onClose} form={form} submit={t('clawBack')} onDone={() => { toast(t('entered')); void go(`/deferred-pay/cases/${id}`) }}>
      <p className="yq-quiet">{t('heldFirst')}</p>
      <TextField form={form} name="staffNo" label={t('staffNo')} required max={20} />
      <ChoiceField form={form} name="scheme" label={t('scheme')} required options={schemes} />
      <DayField form={form} name="month" label={t('month')} required month />
      <RadioField form={form} name="basis" label={t('basis')} required options={(['A', 'B', 'C'] as const).map((value) => ({ value, label: t(value) }))} />
      <TextField form={form} name="ratio" label={t('ratio')} hint={t('ratioHint')} required max={6} inputMode="numeric" />
      <MoneyField form={form} name="monthlyFen" label={t('monthly')} hint={t('monthlyHint')} />
      <TextField form={form} name="evidence" label={t('evidence')} hint={t('evidenceHint')} required max={500} />
      <AreaField form={form} name="reason" label={t('reason')} required max={500} />
    </FormDrawer>
  )
}

// both marks or none, each from 0 to 100
function ofMark(name: 'total' | 'worst', entry: { total: string; worst: string }, t: (key: 'required' | 'wrongMark') => string): Partial<Record<'total' | 'worst', string>> {
  const typed = entry[name].trim()
  if (typed === '') return entry.total.trim() === entry.worst.trim() ? {} : { [name]: t('required') }
  return /^(100(\.00?)?|\d{1,2}(\.\d{1,2})?)$/.test(typed) ? {} : { [name]: t('wrongMark') }
}

export function ExemptionForm({ onClose }: { onClose: () => void }) {
  const t = useText(deferralText)
  const pick = usePick()
  const go = useNavigate()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeExemption, { refresh })
  const form = useForm({
    initial: { staffNo: '', loanId: null as string | null, conclusion: 'DILIGENT' as 'DILIGENT' | 'BASICALLY_DILIGENT', total: '', worst: '', evidence: '', reason: '' },
    check: (entry) => ({ ...ofMark('total', entry, t), ...ofMark('worst', entry, t), ...(entry.staffNo.trim() === '' ? { staffNo: t('required') } : {}), ...(entry.loanId === null ? { loanId: t('required') } : {}), ...(short(entry.evidence) ? { evidence: t('required') } : {}), ...(short(entry.reason) ? { reason: t('required') } : {}) }),
    send: ({ total, worst, ...entry }) => send.mutateAsync({ body: { id, ...entry, loanId: entry.loanId ?? '', ...(total.trim() === '' ? {} : { score: { total: total.trim(), worst: worst.trim() } }) } }),
  })
  const staffNo = form.values.staffNo.trim()
  const found = useContract(listDeductions, { query: { staffNo: staffNo === '' ? '-' : staffNo } }).data
  const deductions = found?.deductions.filter(({ exempted }) => !exempted) ?? []
  const loans = [...new Set(deductions.flatMap(({ kind, loanId }) => (kind === 'CONSEQUENCE_OF_LOSS' && loanId !== null ? [loanId] : [])))]
  // the offices read no customer: a loan is told by what was deducted for it
  const loanTold = (loan: string): string => `${deductions.filter(({ loanId }) => loanId === loan).map((one) => `${one.month} ${pick(one.lineName === null ? named(codeNames, one.lineCode) : { zh: one.lineName, en: one.lineNameEn ?? one.lineName })} ${amountText(one.fen, 'yuan')}`).join(mark('、'))} · …${loan.slice(-6)}`
  return (
    <FormDrawer title={t('EXEMPTION')} open onClose={onClose} form={form} submit={t('exempt')} onDone={() => { toast(t('entered')); void go(`/deferred-pay/cases/${id}`) }}>
      <p className="yq-quiet">{t('exemptHint')}</p>
      <TextField form={form} name="staffNo" label={t('staffNo')} {...(found?.name == null ? {} : { hint: found.name })} required max={20} />
      {found?.name != null && (deductions.length === 0 ? <p className="yq-quiet">{t('noDeductions')}</p> : (
        <PlainTable label={t('deductions')} stack columns={[{ key: 'm', title: t('month') }, { key: 'l', title: t('line') }, { key: 'a', title: t('amount'), right: true }, { key: 'k', title: t('kind') }]} rows={deductions.map((one, place) => ({ key: String(place), cells: [one.month, pick(one.lineName === null ? named(codeNames, one.lineCode) : { zh: one.lineName, en: one.lineNameEn ?? one.lineName }), <Amount key="a" fen={one.fen} unit="yuan" withUnit />, one.fen === '0' ? `${t(one.kind)}${mark('（')}${t('aloneNothing')}${mark('）')}` : t(one.kind)] }))} />
      ))}
      {deductions.length > 0 && loans.length === 0 ? <Note tone="info">{t('noLoans')}</Note> : <ChoiceField form={form} name="loanId" label={t('loan')} required options={loans.map((value) => ({ value, label: loanTold(value) }))} />}
      <RadioField form={form} name="conclusion" label={t('conclusion')} required options={(['DILIGENT', 'BASICALLY_DILIGENT'] as const).map((value) => ({ value, label: t(value) }))} />
      <DecimalField form={form} name="total" label={t('scoreTotal')} hint={t('scoreHint')} />
      <DecimalField form={form} name="worst" label={t('scoreWorst')} />
      <TextField form={form} name="evidence" label={t('evidence')} hint={t('evidenceHint')} required max={500} />
      <AreaField form={form} name="reason" label={t('reason')} required max={500} />
    </FormDrawer>
  )
}

export function DecideForm({ caseId, confirm, onClose }: { caseId: string; confirm: boolean; onClose: () => void }) {
  const t = useText(deferralText)
  const toast = useToast()
  const send = useAct(decidePayCase, { refresh })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => (short(reason) ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { caseId }, body: { confirm, reason } }) })
  return <FormDrawer title={t(confirm ? 'confirm' : 'return')} open onClose={onClose} form={form} submit={t(confirm ? 'confirm' : 'return')} onDone={() => toast(t('done'))}><AreaField form={form} name="reason" label={t('reason')} required max={500} /></FormDrawer>
}

export function AnswerForm({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useText(deferralText)
  const toast = useToast()
  const send = useAct(answerPayCase, { refresh })
  const form = useForm({ initial: { as: 'AGREE' as 'AGREE' | 'OBJECT', text: '' }, check: ({ text }) => (text.trim().length < 2 ? { text: t('required') } : {}), send: ({ as, text }) => send.mutateAsync({ params: { caseId }, body: { agrees: as === 'AGREE', text } }) })
  return (
    <FormDrawer title={t('answer')} open onClose={onClose} form={form} submit={t('answer')} onDone={() => toast(t('done'))}>
      <RadioField form={form} name="as" label={t('yourWord')} required options={[{ value: 'AGREE', label: t('agree') }, { value: 'OBJECT', label: t('object') }]} />
      <AreaField form={form} name="text" label={t('reason')} required max={1000} />
    </FormDrawer>
  )
}

export function ClaimPartForm({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useText(deferralText)
  const go = useNavigate()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(proposeClaimPart, { refresh })
  const form = useForm({
    initial: { kind: 'REPAY' as 'REPAY' | 'WAIVE', fen: null as string | null, evidence: '', reason: '' }, check: (entry) => ({ ...(entry.fen === null ? { fen: t('required') } : {}), ...(short(entry.evidence) ? { evidence: t('required') } : {}), ...(short(entry.reason) ? { reason: t('required') } : {}) }),
    send: (entry) => send.mutateAsync({ params: { caseId }, body: { id, ...entry, fen: entry.fen ?? '0' } }),
  })
  return (
    <FormDrawer title={t('part1')} open onClose={onClose} form={form} submit={t('part1')} onDone={() => { toast(t('entered')); void go(`/deferred-pay/cases/${id}`) }}>
      <RadioField form={form} name="kind" label={t('kind')} required options={[{ value: 'REPAY', label: t('REPAY') }, { value: 'WAIVE', label: t('WAIVE') }]} />
      <MoneyField form={form} name="fen" label={t('amount')} required />
      <TextField form={form} name="evidence" label={t('evidence')} hint={t('evidenceHint')} required max={500} />
      <AreaField form={form} name="reason" label={t('reason')} required max={500} />
    </FormDrawer>
  )
}
