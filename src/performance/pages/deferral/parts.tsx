import { Link } from 'react-router'
import { Amount } from '../../../ui/Amount.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import type { PayCaseShown, TrancheShown } from '../../deferral/deferral.contract.ts'
import { trancheName } from '../../pay-words.rules.ts'
import { deferralText } from './deferral-text.ts'

export function TrancheState({ tranche }: { tranche: TrancheShown }) {
  const t = useText(deferralText)
  const tone = tranche.state === 'RELEASED' ? 'success' : tranche.state === 'FORFEITED' || tranche.state === 'REDUCED' ? 'error' : 'info'
  return (
    <>
      <Tag tone={tone}>{t(tranche.state)}</Tag>
      {tranche.payMonth !== null && <span className="yq-quiet yq-small"> {t('paidWith', { month: tranche.payMonth })}</span>}
      {tranche.openCase !== null && <> <Link to={`/deferred-pay/cases/${tranche.openCase.id}`}>{tranche.openCase.number}</Link></>}
    </>
  )
}
export function CaseState({ of }: { of: PayCaseShown }) {
  const t = useText(deferralText)
  return <Tag tone={of.state === 'CONFIRMED' || of.state === 'RECOVERED' ? 'success' : of.state === 'WAITING' || of.state === 'OPEN' || of.state === 'AGREED' ? 'warning' : of.state === 'DISPUTED' ? 'error' : 'info'}>{t(of.state)}</Tag>
}
/** Whom a case concerns; of many the first. */
export function CasePeople({ of }: { of: PayCaseShown }) {
  const t = useText(deferralText)
  return of.people.length > 1 ? t('people', { name: of.people[0] ?? '', n: of.people.length }) : of.people[0] ?? '--'
}
export function CaseTable({ cases }: { cases: readonly PayCaseShown[] }) {
  const t = useText(deferralText)
  return (
    <PlainTable
      label={t('cases')} stack="short" columns={[{ key: 'n', title: t('number') }, { key: 's', title: t('state') }, { key: 'k', title: t('kind') }, { key: 'p', title: t('person') }, { key: 'a', title: t('amount'), right: true }, { key: 'e', title: t('enteredBy') }, { key: 'm', title: t('payIn') }]}
      rows={cases.map((one) => ({ key: one.id, cells: [
        <Link key="n" to={`/deferred-pay/cases/${one.id}`}>{one.number}</Link>, <CaseState key="s" of={one} />, t(one.kind), <CasePeople key="p" of={one} />, <Amount key="a" fen={one.fen} unit="yuan" withUnit />, `${one.enteredBy} ${one.enteredOn}`, one.end?.payMonth ?? '--',
      ] }))}
    />
  )
}
export function TrancheTable({ label, tranches, named = false }: { label: string; tranches: readonly TrancheShown[]; named?: boolean }) {
  const t = useText(deferralText)
  const pick = usePick()
  return (
    <PlainTable
      label={label} stack="short"
      columns={[{ key: 'l', title: t('part') }, ...(named ? [{ key: 'p', title: t('person') }] : []), { key: 'd', title: t('dueOn') }, { key: 'a', title: t('amount'), right: true }, { key: 'h', title: t('held'), right: true }, { key: 's', title: t('state') }]}
      rows={tranches.map((one) => ({ key: `${one.scheme} ${one.month} ${one.lineCode} ${one.staffNo}`, cells: [
        `${one.month} ${pick(trancheName(one.lineCode))}`, ...(named ? [`${one.name} ${one.staffNo}`] : []), one.dueOn === null ? t('noDay') : <DateText key="d" date={one.dueOn} />, <Amount key="a" fen={one.fen} unit="yuan" withUnit />, <Amount key="h" fen={one.heldFen} unit="yuan" withUnit />, <TrancheState key="s" tranche={one} />,
      ] }))}
    />
  )
}
