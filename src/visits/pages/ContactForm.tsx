import { Button, DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, RefusalError, useAct } from '../../ui/client.ts'
import { waitForConnection } from '../../ui/outbox.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, CheckField, ChoiceField, DayField, TextField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { Field, Form, FormSection } from '../../ui/Form.tsx'
import { Note } from '../../ui/Note.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm, type FormState } from '../../ui/useForm.ts'
import { contactModes, contactPurposes, correctContact, findColleagues, promiseSides, recordContact, riskSignals, type PromiseSide, type RiskSignal, type ContactMode, type ContactPurpose, type CustomerContact } from '../contact.contract.ts'
import { isEffective, writtenModes } from '../contact.rules.ts'
import { visitsText } from './visits-text.ts'
import './visits.css'

type Told = {
  id: string; mode: ContactMode | null; purpose: ContactPurpose; businessDate: string | null; startTime: string; replied: boolean; summary: string; contactPerson: string; ourPeople: readonly Choice[]; theirPeople: readonly string[]; changedOperations: string; changedPeople: string; changedFinance: string; changedFunds: string; riskSignals: readonly RiskSignal[]; riskNote: string
  promises: readonly { id: string; side: PromiseSide; what: string; dueOn: string | null }[]
  nextAction: string; nextOn: string | null; place: string; placeConsent: boolean; restrictedText: string; readers: readonly Choice[]; reason: string
}

/** Colleagues as choices for fields. */
export async function findPeople(text: string): Promise<Choice[]> {
  const { items } = await call(findColleagues, { query: text === '' ? {} : { search: text } })
  return items.map((one) => ({ value: String(one.staffKey), label: `${one.name}${mark('（')}${one.unitName} ${one.postName}${mark('）')}` }))
}

const emptyToNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/**
 * The form of a contact, for the thumb: one column, the day is today, how it was had by one tap, the rest when wanted. A draft stays on the device until the server has it;
 * its id is made once, so that sending it twice records it once. With `corrects` a record is replaced, with the reason.
 */
export function ContactForm({ customerId, corrects, onDone, onCancel }: { customerId: string; corrects?: CustomerContact; onDone: () => void; onCancel: () => void }) {
  const t = useText(visitsText)
  const toast = useToast()
  const { today } = useBank()
  const [more, setMore] = useState(corrects !== undefined)
  const refresh = ['contact', 'coverage', 'contact-plan', 'restricted-text', 'reports']
  const add = useAct(recordContact, { refresh })
  const correct = useAct(correctContact, { refresh })
  const form = useForm<Told>({
    initial: {
      id: newId(), mode: corrects?.mode ?? null, purpose: corrects?.purpose ?? 'ROUTINE', businessDate: corrects?.businessDate ?? today, startTime: corrects?.startTime ?? '', replied: corrects?.effective ?? false,
      summary: corrects?.summary ?? '', contactPerson: corrects?.contactPerson ?? '', ourPeople: (corrects?.colleagues ?? []).map((one) => ({ value: String(one.staffKey), label: one.name })), nextAction: corrects?.nextAction ?? '', nextOn: corrects?.nextOn ?? null, place: corrects?.place ?? '',
      placeConsent: corrects !== undefined && corrects.place !== null, restrictedText: '', readers: [], reason: '',
      theirPeople: corrects?.theirPeople ?? [], changedOperations: corrects?.changedOperations ?? '', changedPeople: corrects?.changedPeople ?? '', changedFinance: corrects?.changedFinance ?? '', changedFunds: corrects?.changedFunds ?? '',
      riskSignals: corrects?.riskSignals ?? [], riskNote: corrects?.riskNote ?? '', promises: [],
    },
    draft: corrects ? `contact-correction.${corrects.id}` : `contact.${customerId}`,
    check: (told) => ({
      mode: told.mode === null ? t('needMode') : undefined,
      businessDate: told.businessDate === null ? t('needDay') : told.businessDate > today ? t('future', { day: today }) : undefined,
      startTime: told.startTime === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(told.startTime) ? undefined : t('badTime'),
      summary: [...told.summary.trim()].length < 2 && !(told.summary.trim() === '' && emptyToNull(told.restrictedText) !== null) ? t('needSummary') : undefined,
      riskNote: told.riskSignals.length > 0 && emptyToNull(told.riskNote) === null ? t('needRisk') : undefined,
      promises: told.promises.some((one) => [...one.what.trim()].length < 2) ? t('needWhat') : told.promises.some((one) => one.dueOn === null) ? t('needNextOn') : told.promises.some((one) => one.dueOn !== null && told.businessDate !== null && one.dueOn < told.businessDate) ? t('nextBefore') : undefined,
      nextAction: told.nextOn !== null && emptyToNull(told.nextAction) === null ? t('needNext') : undefined,
      nextOn: emptyToNull(told.nextAction) !== null && told.nextOn === null ? t('needNextOn') : told.nextOn !== null && told.businessDate !== null && told.nextOn < told.businessDate ? t('nextBefore') : undefined,
      place: emptyToNull(told.place) !== null && !told.placeConsent ? t('needConsent') : undefined,
      reason: corrects && emptyToNull(told.reason) === null ? t('needReason') : undefined,
    }),
    send: async (told) => {
      const keys = (people: readonly Choice[]): number[] => people.map((one) => Number(one.value))
      const body = {
        id: told.id, mode: told.mode ?? 'VISIT', purpose: told.purpose, businessDate: told.businessDate ?? today, startTime: emptyToNull(told.startTime), replied: told.replied, summary: told.summary,
        theirPeople: [...told.theirPeople], changedOperations: emptyToNull(told.changedOperations), changedPeople: emptyToNull(told.changedPeople), changedFinance: emptyToNull(told.changedFinance), changedFunds: emptyToNull(told.changedFunds),
        riskSignals: [...told.riskSignals], riskNote: emptyToNull(told.riskNote),
        contactPerson: emptyToNull(told.contactPerson), ourPeople: keys(told.ourPeople), nextAction: emptyToNull(told.nextAction), nextOn: told.nextOn, place: emptyToNull(told.place), placeConsent: told.placeConsent,
      }
      if (corrects) {
        await correct.mutateAsync({ params: { customerId, contactId: corrects.id }, body: { ...body, reason: told.reason } })
        return toast(t('doneCorrected'))
      }
      const text = emptyToNull(told.restrictedText)
      const whole = { ...body, promises: told.promises.map((one) => ({ ...one, what: one.what.trim(), dueOn: one.dueOn ?? today })), restricted: text === null ? null : { text, readers: keys(told.readers) } }
      let answer
      try {
        answer = await add.mutateAsync({ params: { customerId }, body: whole })
      } catch (error) {
        // no connection: it waits on the device, encrypted, and goes by itself
        if (error instanceof RefusalError && error.status === 0 && (await waitForConnection({ contract: recordContact.id, params: { customerId }, body: whole, title: told.summary.slice(0, 20) }))) return toast(t('waits'))
        throw error
      }
      const { effective, late, like } = answer
      if (like) toast(t('doneLike', { day: like.businessDate ?? '--', percent: like.percent }))
      else toast(t(!effective ? 'doneNotCounted' : late ? 'doneLate' : 'done'))
    },
  })
  const { mode, replied } = form.values
  const choices = <T extends string>(codes: readonly T[]): Choice[] => codes.map((code) => ({ value: code, label: (t as (key: string) => string)(code) }))
  return (
    <Form form={form} submit={t(corrects ? 'correct' : 'submit')} onDone={onDone} onCancel={onCancel} drafts>
      <FormSection id="what" title={t('sectionWhat')}>
        <Field name="mode" label={t('mode')} required group>
          {(control) => <Radio.Group className="yq-modes" name={control.id} optionType="button" buttonStyle="solid" options={choices(contactModes)} value={mode} onChange={(event) => form.set('mode', event.target.value as ContactMode)} />}
        </Field>
        {mode !== null && writtenModes.includes(mode) && <CheckField form={form} name="replied" label={t('replied')} hint={t('repliedHint')} />}
        {mode !== null && !writtenModes.includes(mode) && !isEffective(mode, replied) && <Note>{t('doesNotCount')}</Note>}
        <DayField form={form} name="businessDate" label={t('day')} required to={today} />
        <AreaField form={form} name="summary" label={t('summary')} required hint={t('summaryHint')} max={1000} rows={4} />
      </FormSection>
      <FormSection id="next" title={t('sectionNext')}>
        <TextField form={form} name="nextAction" label={t('nextAction')} max={200} />
        <DayField form={form} name="nextOn" label={t('nextOn')} {...(form.values.businessDate === null ? {} : { from: form.values.businessDate })} />
      </FormSection>
      {!corrects && <PromiseRows form={form} />}
      {!more && <div><Button onClick={() => setMore(true)}>{t('more')}</Button></div>}
      {more && (
        <FormSection id="more" title={t('sectionMore')}>
          <ChoiceField form={form} name="purpose" label={t('purpose')} required options={choices(contactPurposes)} />
          <TextField form={form} name="startTime" label={t('startTime')} hint={t('timeHint')} max={5} />
          <TextField form={form} name="contactPerson" label={t('contactPerson')} max={100} />
          <Field name="theirPeople" label={t('theirPeople')} hint={t('theirPeopleHint')}>
            {(control) => <Select {...control} mode="tags" open={false} suffixIcon={null} tokenSeparators={[mark('、'), ',', mark('，')]} value={[...form.values.theirPeople]} onChange={(names: string[]) => form.set('theirPeople', names.map((name) => name.trim()).filter((name) => name !== '').slice(0, 10))} />}
          </Field>
          <FindManyField form={form} name="ourPeople" label={t('ourPeople')} hint={t('ourPeopleHint')} find={findPeople} />
          <TextField form={form} name="place" label={t('place')} hint={t('placeHint')} max={60} />
          <CheckField form={form} name="placeConsent" label={t('placeConsent')} />
          {!corrects && <AreaField form={form} name="restrictedText" label={t('restricted')} hint={t('restrictedHint')} max={1000} />}
          {!corrects && form.values.restrictedText !== '' && <FindManyField form={form} name="readers" label={t('readers')} find={findPeople} />}
        </FormSection>
      )}
      {more && (
        <FormSection id="changes" title={t('sectionChanges')}>
          {(['changedOperations', 'changedPeople', 'changedFinance', 'changedFunds'] as const).map((name) => <TextField key={name} form={form} name={name} label={t(name)} max={100} />)}
          <ChoiceField form={form} name="riskSignals" label={t('riskSignals')} many options={choices(riskSignals)} />
          {form.values.riskSignals.length > 0 && <AreaField form={form} name="riskNote" label={t('riskNote')} required max={150} rows={2} />}
        </FormSection>
      )}
      {corrects && <AreaField form={form} name="reason" label={t('reason')} required max={200} rows={2} />}
    </Form>
  )
}

/** Promises as rows: what, by when, whose. Each becomes a task of its own on the day of whoever recorded it. */
function PromiseRows({ form }: { form: FormState<Told> }) {
  const t = useText(visitsText)
  const { promises, businessDate } = form.values
  const change = (id: string, patch: Partial<Told['promises'][number]>): void => form.set('promises', promises.map((one) => (one.id === id ? { ...one, ...patch } : one)))
  return (
    <FormSection id="promises" title={t('promises')}>
      {promises.length > 0 && (
        <Field name="promises" label={t('promises')} group>
          {() => (
            <div className="yq-promise-rows">
              {promises.map((one, place) => (
                <div key={one.id} className="yq-stack" style={{ gap: 8 }} role="group" aria-label={t('promiseN', { n: place + 1 })}>
                  <Input aria-label={`${t('promiseN', { n: place + 1 })} ${t('promiseWhat')}`} placeholder={t('promiseWhat')} maxLength={80} value={one.what} onChange={(event) => change(one.id, { what: event.target.value })} />
                  <div className="yq-row">
                    <DayInput label={`${t('promiseN', { n: place + 1 })} ${t('promiseDue')}`} value={one.dueOn} from={businessDate} onChange={(dueOn) => change(one.id, { dueOn })} />
                    <Radio.Group size="small" aria-label={`${t('promiseN', { n: place + 1 })} ${t('promiseSide')}`} optionType="button" options={promiseSides.map((side) => ({ value: side, label: t(side) }))} value={one.side} onChange={(event) => change(one.id, { side: event.target.value as PromiseSide })} />
                    <Button size="small" type="text" aria-label={`${t('remove')} ${t('promiseN', { n: place + 1 })}`} onClick={() => form.set('promises', promises.filter((other) => other.id !== one.id))}>{t('remove')}</Button>
                  </div>
                </div>
              ))}
            </div>
          )}
        </Field>
      )}
      {promises.length < 8 && <div><Button onClick={() => form.set('promises', [...promises, { id: newId(), side: 'OURS', what: '', dueOn: null }])}>{t('addPromise')}</Button></div>}
    </FormSection>
  )
}

function DayInput({ label, value, from, onChange }: { label: string; value: string | null; from: string | null; onChange: (day: string | null) => void }) {
  return <DatePicker aria-label={label} value={value === null ? null : dayjs(value)} {...(from === null ? {} : { minDate: dayjs(from) })} onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)} />
}
