import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Amount } from '../../../ui/Amount.tsx'
import { amountText } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { answerPayCase, decidePayCase, getPayCase, proposeClaimPart, type PayCaseItem, type PayCaseShown } from '../../deferral/deferral.contract.ts'
import { reasonText, trancheName } from '../../pay-words.rules.ts'
import { AnswerForm, ClaimPartForm, DecideForm } from './CaseForms.tsx'
import { deferralText } from './deferral-text.ts'
import { CasePeople, CaseState } from './parts.tsx'

/** One case: what is to be paid, taken or given back, on what evidence, what the person says, who decided, how far a claim is. */
export default function PayCasePage() {
  const t = useText(deferralText)
  const { caseId = '' } = useParams()
  const { data, error, refetch } = useContract(getPayCase, { params: { caseId } })
  const [open, setOpen] = useState<'confirm' | 'return' | 'answer' | 'part' | null>(null)
  if (isNotFound(error)) return <NotFound />
  if (error) return <Page><PageHeader title={t('title')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  if (!data) return <Page><PageHeader title={t('title')} /><Skeleton /></Page>
  const of = data.case
  const { may } = of
  const back = of.mine ? '/statement' : '/deferred-pay?tab=cases'
  return (
    <Page>
      <PageHeader
        title={`${t(of.kind)} ${of.number}`} crumbs={[{ title: t('title'), to: back }]} tags={<CaseState of={of} />} sub={<CasePeople of={of} />} thumb
        actions={<>
          {may['decide']?.allowed && <><ActionButton type="primary" may={may['confirm']} refusals={decidePayCase.refusals} onClick={() => setOpen('confirm')}>{t('confirm')}</ActionButton><ActionButton may={may['decide']} refusals={decidePayCase.refusals} onClick={() => setOpen('return')}>{t('return')}</ActionButton></>}
          {may['answer']?.allowed && <ActionButton type="primary" may={may['answer']} refusals={answerPayCase.refusals} onClick={() => setOpen('answer')}>{t('answer')}</ActionButton>}
          {may['part']?.allowed && <ActionButton may={may['part']} refusals={proposeClaimPart.refusals} onClick={() => setOpen('part')}>{t('part1')}</ActionButton>}
        </>}
      />
      <About of={of} items={data.items} />
      <Items items={data.items} />
      {of.claim !== null && of.end?.payMonth != null && (
        <Block title={t('claim')}>
          <Facts facts={[
            { label: t('claimed'), value: <Amount fen={of.claim.claimFen} unit="yuan" withUnit /> }, { label: t('taken'), value: <Amount fen={of.claim.takenFen} unit="yuan" withUnit /> }, { label: t('repaid'), value: <Amount fen={of.claim.repaidFen} unit="yuan" withUnit /> },
            { label: t('waived'), value: <Amount fen={of.claim.waivedFen} unit="yuan" withUnit /> }, { label: t('left'), value: <Amount fen={of.claim.leftFen} unit="yuan" withUnit /> },
          ]} />
          {of.claim.months.length > 0 && <PlainTable label={t('claim')} columns={[{ key: 'm', title: t('payIn') }, { key: 'a', title: t('taken'), right: true }]} rows={of.claim.months.map((one) => ({ key: one.month, cells: [one.closed ? one.month : `${one.month}${mark('（')}${t('open')}${mark('）')}`, <Amount key="a" fen={one.fen} unit="yuan" />] }))} />}
        </Block>
      )}
      {(open === 'confirm' || open === 'return') && <DecideForm caseId={caseId} confirm={open === 'confirm'} onClose={() => setOpen(null)} />}
      {open === 'answer' && <AnswerForm caseId={caseId} onClose={() => setOpen(null)} />}
      {open === 'part' && <ClaimPartForm caseId={caseId} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function About({ of, items }: { of: PayCaseShown; items: readonly PayCaseItem[] }) {
  const t = useText(deferralText)
  const pick = usePick()
  const claim = items.find(({ kind }) => kind === 'CLAIM')
  return (
    <Block title={t('reason')}>
      <p style={{ whiteSpace: 'pre-wrap', marginTop: 0 }}>{of.reason}</p>
      <Facts facts={[
        { label: t('evidence'), value: of.evidence }, { label: t('enteredBy'), value: `${of.enteredBy} ${of.enteredOn}` }, { label: t('amount'), value: <Amount fen={of.fen} unit="yuan" withUnit /> }, { label: t('scheme'), value: of.month === null ? pick(of.schemeName) : `${pick(of.schemeName)} ${of.month}` },
        ...(of.basis === null ? [] : [{ label: t('basisOf'), value: t(of.basis) }]), ...(of.ratio === null || of.kind !== 'CLAW_BACK' ? [] : [{ label: t('ratio'), value: of.ratio }]), ...(of.conclusion === null ? [] : [{ label: t('conclusion'), value: t(of.conclusion) }]), ...(of.score === null ? [] : [{ label: t('scoreTotal'), value: of.score.total }, { label: t('scoreWorst'), value: of.score.worst }]),
        ...(claim ? [{ label: t('paid'), value: <Amount fen={claim.detail['paidFen'] ?? '0'} unit="yuan" withUnit /> }, { label: t('heldThen'), value: <Amount fen={claim.detail['heldFen'] ?? '0'} unit="yuan" withUnit /> }] : []),
        ...(of.monthlyFen === null ? [] : [{ label: t('monthly'), value: <Amount fen={of.monthlyFen} unit="yuan" withUnit /> }]), ...(of.about === null ? [] : [{ label: t('about'), value: <Link to={`/deferred-pay/cases/${of.about.id}`}>{of.about.number}</Link> }]),
        ...(of.hearUntil === null ? [] : [{ label: t('hear'), value: of.hearUntil }, { label: t('said'), value: of.answer === null ? t('notSaid') : `${t(of.answer.agrees ? 'agree' : 'object')}${mark('（')}${of.answer.on}${mark('）')}${mark('：')}${of.answer.text}` }]),
        ...(of.end === null ? [] : [{ label: t('decidedBy'), value: `${of.end.by} ${of.end.on}${mark('：')}${of.end.reason}` }, ...(of.end.payMonth === null ? [] : [{ label: t('payIn'), value: of.end.payMonth }])]),
      ]} />
    </Block>
  )
}

function Items({ items }: { items: readonly PayCaseItem[] }) {
  const t = useText(deferralText)
  const pick = usePick()
  return (
    <Block title={t('items')}>
      <PlainTable
        label={t('items')} stack columns={[{ key: 'l', title: t('line') }, { key: 'k', title: t('kind') }, { key: 'p', title: t('person') }, { key: 'a', title: t('amount'), right: true }, { key: 's', title: t('points'), right: true }]}
        rows={items.map((one) => ({ key: one.id, cells: [`${one.month} ${pick(one.detail['lineName'] == null ? trancheName(one.lineCode) : { zh: one.detail['lineName'], en: one.detail['lineNameEn'] ?? one.detail['lineName'] })}`, one.why === null ? t(one.kind) : `${t(one.kind)}${mark('（')}${reasonText(one.why, pick)}${mark('）')}`, one.name, <span key="a"><Amount fen={one.kind === 'KEPT' ? one.detail['deductedFen'] ?? '0' : one.fen} unit="yuan" />{one.detail['deferredFen'] != null && <><br /><span className="yq-quiet yq-small">{t('givenLater', { fen: amountText(one.detail['deferredFen'], 'yuan') })}</span></>}</span>, one.points ?? '--'] }))}
      />
    </Block>
  )
}
