import { Button } from 'antd'
import { useRef, useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { RefusalError, useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, MoneyField, moneyFinding, RadioField, TextField } from '../../../ui/fields.tsx'
import { Form, FormSection } from '../../../ui/Form.tsx'
import { waitForConnection } from '../../../ui/outbox.ts'
import { useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useForm } from '../../../ui/useForm.ts'
import { needDomains, needUrgencies, recordNeedCard, surveyChannels, type NeedSegment } from '../../needs/need.contract.ts'
import { domainsOf } from '../../needs/need.rules.ts'
import { needsText } from './needs-text.ts'

type Told = Record<string, unknown>
const most = 8
const text = (told: Told, name: string): string | null => {
  const value = told[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
const list = (told: Told, name: string): readonly string[] => (Array.isArray(told[name]) ? (told[name] as string[]) : [])
// what a row is called among the form's fields
const of = (row: string, field: string): string => `${row}.${field}`
const newNeed = (): { id: string; values: Told } => {
  const id = newId()
  return { id, values: { [of(id, 'domain')]: null, [of(id, 'description')]: '', [of(id, 'urgency')]: 'NOW', [of(id, 'amount')]: null, [of(id, 'price')]: '', [of(id, 'toldAs')]: 'STATED' } }
}

/** The form of a need card, for the thumb: needs first, one under the other; the rest when wanted. A draft stays on the device until the server has it. */
export function NeedCardForm({ customerId, segment, onDone, onCancel }: { customerId: string; segment: NeedSegment; onDone: (cardId: string) => void; onCancel: () => void }) {
  const t = useText(needsText)
  const toast = useToast()
  const { today } = useBank()
  const [first] = useState(newNeed)
  const waits = useRef(false)
  const save = useAct(recordNeedCard, { refresh: ['needs', 'timeline'] })
  const form = useForm<Told>({
    draft: `need-card.${customerId}`,
    initial: { id: newId(), needs: [first.id], held: [], surveyedOn: today, channel: 'VISIT', decisionMaker: '', obstacles: '', suggestions: '', nextAction: '', nextOn: null, confirmation: 'NONE', confirmationRef: '', ...first.values },
    check: (told) => {
      const findings: Record<string, string> = {}
      if (text(told, 'surveyedOn') === null) findings['surveyedOn'] = t('required')
      for (const row of list(told, 'needs')) {
        if (text(told, of(row, 'domain')) === null) findings[of(row, 'domain')] = t('required')
        if ((text(told, of(row, 'description')) ?? '').length < 2) findings[of(row, 'description')] = t('required')
        const money = moneyFinding(text(told, of(row, 'amount')), undefined, t('wrongMoney'))
        if (money !== undefined) findings[of(row, 'amount')] = money
      }
      for (const row of list(told, 'held')) {
        if (text(told, of(row, 'product')) === null) findings[of(row, 'product')] = t('required')
        const money = moneyFinding(text(told, of(row, 'amount')), undefined, t('wrongMoney'))
        if (money !== undefined) findings[of(row, 'amount')] = money
      }
      if (text(told, 'nextAction') !== null && text(told, 'nextOn') === null) findings['nextOn'] = t('required')
      if (text(told, 'nextAction') === null && text(told, 'nextOn') !== null) findings['nextAction'] = t('required')
      if (told['confirmation'] === 'MESSAGE' && text(told, 'confirmationRef') === null) findings['confirmationRef'] = t('required')
      return findings
    },
    send: async (told) => {
      const confirmation = (['SIGNATURE', 'MESSAGE'] as const).find((one) => one === told['confirmation']) ?? null
      const body = {
        id: String(told['id']), surveyedOn: String(told['surveyedOn']), channel: surveyChannels.find((one) => one === told['channel']) ?? 'VISIT', contactId: null, decisionMaker: text(told, 'decisionMaker'), obstacles: text(told, 'obstacles'),
        suggestions: text(told, 'suggestions'), nextAction: text(told, 'nextAction'), nextOn: text(told, 'nextOn'), confirmation, confirmationRef: confirmation === 'MESSAGE' ? text(told, 'confirmationRef') : null,
        holdings: list(told, 'held').map((row) => ({ bank: text(told, of(row, 'bank')), product: text(told, of(row, 'product')) ?? '', amountFen: text(told, of(row, 'amount')), price: text(told, of(row, 'price')), maturesOn: text(told, of(row, 'maturesOn')) })),
        needs: list(told, 'needs').map((row) => ({
          id: row, domain: needDomains.find((one) => one === told[of(row, 'domain')]) ?? 'OTHER', description: text(told, of(row, 'description')) ?? '', urgency: needUrgencies.find((one) => one === told[of(row, 'urgency')]) ?? 'NOW',
          amountFen: text(told, of(row, 'amount')), expectedPrice: text(told, of(row, 'price')), toldAs: told[of(row, 'toldAs')] === 'DISCOVERED' ? 'DISCOVERED' as const : 'STATED' as const,
        })),
      }
      try {
        await save.mutateAsync({ params: { customerId }, body })
        toast(t('recorded'))
      } catch (error) {
        // no connection: it waits on the device, encrypted, and goes by itself
        if (!(error instanceof RefusalError && error.status === 0 && (await waitForConnection({ contract: recordNeedCard.id, params: { customerId }, body, title: t('card') })))) throw error
        waits.current = true
        toast(t('waits'))
      }
    },
  })
  const needs = list(form.values, 'needs')
  const held = list(form.values, 'held')
  const addNeed = (): void => {
    const { id, values } = newNeed()
    form.setAll({ ...values, needs: [...needs, id] })
  }
  const addHeld = (): void => {
    const id = newId()
    form.setAll({ held: [...held, id], [of(id, 'bank')]: '', [of(id, 'product')]: '', [of(id, 'amount')]: null, [of(id, 'price')]: '', [of(id, 'maturesOn')]: null })
  }
  return (
    <Form form={form} submit={t('newCard')} drafts onCancel={onCancel} onDone={() => (waits.current ? onCancel() : onDone(String(form.values['id'])))}>
      <FormSection id="survey" title={t('sectionCustomer')}>
        <DayField form={form} name="surveyedOn" label={t('surveyedOn')} required to={today} />
        <ChoiceField form={form} name="channel" label={t('channel')} required options={surveyChannels.map((value) => ({ value, label: t(value) }))} />
        <TextField form={form} name="decisionMaker" label={t('decisionMaker')} max={100} />
      </FormSection>
      {needs.map((row, place) => (
        <FormSection key={row} id={`need-${place}`} title={t('needN', { n: place + 1 })}>
          <ChoiceField form={form} name={of(row, 'domain')} label={t('domain')} required options={domainsOf(segment).map((value) => ({ value, label: t(value) }))} />
          <AreaField form={form} name={of(row, 'description')} label={t('description')} required max={200} />
          <RadioField form={form} name={of(row, 'urgency')} label={t('urgency')} required options={needUrgencies.map((value) => ({ value, label: t(value) }))} />
          <MoneyField form={form} name={of(row, 'amount')} label={t('amount')} />
          <TextField form={form} name={of(row, 'price')} label={t('expectedPrice')} max={20} />
          <RadioField form={form} name={of(row, 'toldAs')} label={t('toldAs')} required options={(['STATED', 'DISCOVERED'] as const).map((value) => ({ value, label: t(value) }))} />
          {needs.length > 1 && <Button onClick={() => form.set('needs', needs.filter((one) => one !== row))} aria-label={`${t('remove')} ${t('needN', { n: place + 1 })}`}>{t('remove')}</Button>}
        </FormSection>
      ))}
      {needs.length < most && <Button onClick={addNeed}>{t('addNeed')}</Button>}
      {held.map((row, place) => (
        <FormSection key={row} id={`held-${place}`} title={t('heldN', { n: place + 1 })}>
          <TextField form={form} name={of(row, 'bank')} label={t('bank')} max={30} hint={t('bankHint')} />
          <TextField form={form} name={of(row, 'product')} label={t('product')} required max={40} />
          <MoneyField form={form} name={of(row, 'amount')} label={t('amount')} />
          <TextField form={form} name={of(row, 'price')} label={t('price')} max={20} />
          <DayField form={form} name={of(row, 'maturesOn')} label={t('maturesOn')} />
          <Button onClick={() => form.set('held', held.filter((one) => one !== row))} aria-label={`${t('remove')} ${t('heldN', { n: place + 1 })}`}>{t('remove')}</Button>
        </FormSection>
      ))}
      {held.length < most && <Button onClick={addHeld}>{t('addHeld')}</Button>}
      <FormSection id="next" title={t('sectionNext')}>
        <AreaField form={form} name="obstacles" label={t('obstacles')} max={200} rows={2} />
        <AreaField form={form} name="suggestions" label={t('suggestions')} max={200} rows={2} />
        <TextField form={form} name="nextAction" label={t('nextAction')} max={200} />
        <DayField form={form} name="nextOn" label={t('nextOn')} />
        <RadioField form={form} name="confirmation" label={t('confirmation')} required options={[{ value: 'NONE', label: t('unconfirmed') }, { value: 'SIGNATURE', label: t('SIGNATURE') }, { value: 'MESSAGE', label: t('MESSAGE') }]} />
        {form.values['confirmation'] === 'MESSAGE' && <TextField form={form} name="confirmationRef" label={t('confirmationRef')} required max={80} />}
      </FormSection>
    </Form>
  )
}
