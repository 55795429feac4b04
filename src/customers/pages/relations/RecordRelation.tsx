import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { CheckField, ChoiceField, DayField, DecimalField, FindField, moneyFinding, MoneyField, RadioField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { recordedKinds, recordRelation, type Means, type PartyKind, type RelationKind } from '../../relations/relation.contract.ts'
import { kindRules } from '../../relations/relation.rules.ts'
import { relationText } from './relation-text.ts'

/** Finds customers in the reader's scope by name: handed in by the desk. */
export type FindCustomers = (text: string, kind?: 'CORPORATE' | 'PERSON') => Promise<readonly { value: string; label: string }[]>
const percent = /^\d{1,3}(\.\d{1,4})?$/

/** One relation of the customer: with a customer of one's own, or with anybody told by name and number. */
export function RecordRelation({ customerId, kind, findCustomers, onClose }: { customerId: string; kind: 'CORPORATE' | 'PERSON'; findCustomers: FindCustomers; onClose: () => void }) {
  const t = useText(relationText)
  const toast = useToast()
  const { today } = useBank()
  const [id] = useState(newId)
  const own: PartyKind = kind === 'CORPORATE' ? 'COMPANY' : 'PERSON'
  // what this customer can stand in at all, in whichever direction
  const possible = recordedKinds.filter((one) => [kindRules[one].from, kindRules[one].to].some((end) => end === 'ANY' || end === own))
  const act = useAct(recordRelation, { refresh: ['relations', 'groups', 'owners'] })
  const form = useForm({
    initial: {
      kind: (own === 'COMPANY' ? 'SHAREHOLDING' : 'FAMILY') as string | null, direction: 'IN', who: 'NAME', customer: null as string | null, otherKind: 'PERSON', otherName: '', otherNumber: '', sharePct: '', subscribedFen: null as string | null,
      paidInFen: null as string | null, crossHolding: false, means: null as string | null, amountFen: null as string | null, incomePct: '', outlayPct: '', evidence: '', from: today as string | null,
      // places for the server's findings
      other: '',
    },
    check: (values) => {
      const rule = kindRules[(values.kind ?? 'SHAREHOLDING') as RelationKind]
      const wrongPercent = (value: string, needed: boolean): string | undefined => ((value === '' ? needed : !percent.test(value)) ? t('wrongPercent') : undefined)
      return {
        kind: values.kind ? undefined : t('needed'), customer: values.who === 'CUSTOMER' && !values.customer ? t('needed') : undefined, otherName: values.who === 'NAME' && values.otherName.trim().length < 2 ? t('needed') : undefined,
        sharePct: values.kind === 'SHAREHOLDING' ? wrongPercent(values.sharePct, true) : undefined, incomePct: wrongPercent(values.incomePct, false), outlayPct: wrongPercent(values.outlayPct, false),
        amountFen: values.kind === 'GUARANTEE' ? moneyFinding(values.amountFen, t('needed'), t('wrongMoney')) : moneyFinding(values.amountFen, undefined, t('wrongMoney')),
        subscribedFen: moneyFinding(values.subscribedFen, undefined, t('wrongMoney')), paidInFen: moneyFinding(values.paidInFen, undefined, t('wrongMoney')),
        means: rule.means.length > 0 && !values.means ? t('needed') : undefined, evidence: values.evidence.trim().length < 2 ? t('needed') : undefined, from: values.from ? undefined : t('needed'),
      }
    },
    send: (values) => {
      const chosen = (values.kind ?? 'SHAREHOLDING') as RelationKind
      const [shares, supply, money] = [chosen === 'SHAREHOLDING', chosen === 'SUPPLY', chosen === 'SUPPLY' || chosen === 'GUARANTEE']
      const text = (value: string): string | null => (value === '' ? null : value)
      return act.mutateAsync({
        params: { customerId },
        body: {
          id, kind: chosen, direction: values.direction as 'IN' | 'OUT', sharePct: shares ? text(values.sharePct) : null, subscribedFen: shares ? values.subscribedFen : null, paidInFen: shares ? values.paidInFen : null,
          crossHolding: shares && values.crossHolding, means: kindRules[chosen].means.length > 0 ? (values.means as Means | null) : null, amountFen: money ? values.amountFen : null, incomePct: supply ? text(values.incomePct) : null,
          outlayPct: supply ? text(values.outlayPct) : null, evidence: values.evidence, from: values.from ?? today,
          other: values.who === 'CUSTOMER' ? { customerId: values.customer ?? '' } : { kind: values.otherKind as PartyKind, name: values.otherName, number: text(values.otherNumber.trim()) },
        },
      })
    },
  })
  const { values } = form
  const chosen = (values.kind ?? 'SHAREHOLDING') as RelationKind
  const rule = kindRules[chosen]
  const meansLabel = chosen === 'CONTROL' ? t('means') : chosen === 'FAMILY' ? t('relative') : t('post')
  return (
    <FormDrawer title={t('record')} open onClose={onClose} form={form} submit={t('record')} onDone={() => toast(t('recorded'))}>
      <ChoiceField form={form} name="kind" label={t('kind')} required options={possible.map((one) => ({ value: one, label: t(one) }))} />
      {rule.directed && <RadioField form={form} name="direction" label={t('direction')} hint={t('directionHint')} options={(['IN', 'OUT'] as const).map((value) => ({ value, label: t(value) }))} />}
      <RadioField form={form} name="who" label={t('whoIs')} required options={[{ value: 'NAME', label: t('byName') }, { value: 'CUSTOMER', label: t('mine') }]} />
      {form.errors.other !== undefined && <p className="yq-field-error" role="alert">{form.errors.other}</p>}
      {values.who === 'CUSTOMER' ? <FindField form={form} name="customer" label={t('otherCustomer')} required find={(text) => findCustomers(text)} placeholder={t('findCustomer')} /> : (
        <>
          <RadioField form={form} name="otherKind" label={t('otherKind')} options={(['PERSON', 'COMPANY'] as const).map((value) => ({ value, label: t(value) }))} />
          <TextField form={form} name="otherName" label={t('otherName')} required max={120} />
          <TextField form={form} name="otherNumber" label={t('otherNumber')} max={30} hint={t('otherNumberHint')} />
        </>
      )}
      {chosen === 'SHAREHOLDING' && (
        <>
          <DecimalField form={form} name="sharePct" label={t('share')} required suffix="%" hint={t('shareHint')} />
          <MoneyField form={form} name="subscribedFen" label={t('subscribed')} />
          <MoneyField form={form} name="paidInFen" label={t('paidIn')} />
          <CheckField form={form} name="crossHolding" label={t('crossHolding')} hint={form.errors.crossHolding ?? t('crossHint')} />
        </>
      )}
      {rule.means.length > 0 && <ChoiceField form={form} name="means" label={meansLabel} required options={rule.means.map((value) => ({ value, label: t(value) }))} />}
      {(chosen === 'GUARANTEE' || chosen === 'SUPPLY') && <MoneyField form={form} name="amountFen" label={t(chosen === 'GUARANTEE' ? 'guaranteeAmount' : 'yearAmount')} required={chosen === 'GUARANTEE'} />}
      {chosen === 'SUPPLY' && (
        <>
          <DecimalField form={form} name="incomePct" label={t('incomePct')} suffix="%" />
          <DecimalField form={form} name="outlayPct" label={t('outlayPct')} suffix="%" />
        </>
      )}
      <TextField form={form} name="evidence" label={t(chosen === 'FAMILY' ? 'familyEvidence' : 'evidence')} required max={300} hint={t('evidenceHint')} />
      <DayField form={form} name="from" label={t('since')} required to={today} />
    </FormDrawer>
  )
}
