import { Button, Radio } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, CheckField, ChoiceField, DayField, TextField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { Field, Form, FormSection } from '../../ui/Form.tsx'
import { Note } from '../../ui/Note.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { contactModes, contactPurposes, correctContact, findColleagues, recordContact, type ContactMode, type ContactPurpose, type CustomerContact } from '../contact.contract.ts'
import { isEffective, writtenModes } from '../contact.rules.ts'
import { visitsText } from './visits-text.ts'
import './visits.css'

type Told = {
  id: string; mode: ContactMode | null; purpose: ContactPurpose; businessDate: string | null; startTime: string; replied: boolean; summary: string; contactPerson: string; ourPeople: readonly Choice[]
  nextAction: string; nextOn: string | null; place: string; placeConsent: boolean; restrictedText: string; readers: readonly Choice[]; reason: string
}

/** Colleagues as choices for fields. */
export async function findPeople(text: string): Promise<Choice[]> {
  const { items } = await call(findColleagues, { query: text === '' ? {} : { search: text } })
  return items.map((one) => ({ value: String(one.staffKey), label: `${one.name}（${one.unitName} ${one.postName}）` }))
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
      summary: corrects?.summary ?? '', contactPerson: corrects?.contactPerson ?? '', ourPeople: [], nextAction: corrects?.nextAction ?? '', nextOn: corrects?.nextOn ?? null, place: corrects?.place ?? '',
      placeConsent: corrects !== undefined && corrects.place !== null, restrictedText: '', readers: [], reason: '',
    },
    draft: corrects ? `contact-correction.${corrects.id}` : `contact.${customerId}`,
    check: (told) => ({
      mode: told.mode === null ? t('needMode') : undefined,
      businessDate: told.businessDate === null ? t('needDay') : told.businessDate > today ? t('future', { day: today }) : undefined,
      startTime: told.startTime === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(told.startTime) ? undefined : t('badTime'),
      summary: [...told.summary.trim()].length < 2 ? t('needSummary') : undefined,
      nextAction: told.nextOn !== null && emptyToNull(told.nextAction) === null ? t('needNext') : undefined,
      nextOn: emptyToNull(told.nextAction) !== null && told.nextOn === null ? t('needNextOn') : told.nextOn !== null && told.businessDate !== null && told.nextOn < told.businessDate ? t('nextBefore') : undefined,
      place: emptyToNull(told.place) !== null && !told.placeConsent ? t('needConsent') : undefined,
      reason: corrects && emptyToNull(told.reason) === null ? t('needReason') : undefined,
    }),
    send: async (told) => {
      const keys = (people: readonly Choice[]): number[] => people.map((one) => Number(one.value))
      const body = {
        id: told.id, mode: told.mode ?? 'VISIT', purpose: told.purpose, businessDate: told.businessDate ?? today, startTime: emptyToNull(told.startTime), replied: told.replied, summary: told.summary,
        contactPerson: emptyToNull(told.contactPerson), ourPeople: keys(told.ourPeople), nextAction: emptyToNull(told.nextAction), nextOn: told.nextOn, place: emptyToNull(told.place), placeConsent: told.placeConsent,
      }
      if (corrects) {
        await correct.mutateAsync({ params: { customerId, contactId: corrects.id }, body: { ...body, reason: told.reason } })
        return toast(t('doneCorrected'))
      }
      const text = emptyToNull(told.restrictedText)
      const { effective, late } = await add.mutateAsync({ params: { customerId }, body: { ...body, restricted: text === null ? null : { text, readers: keys(told.readers) } } })
      toast(t(!effective ? 'doneNotCounted' : late ? 'doneLate' : 'done'))
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
      {!more && <div><Button onClick={() => setMore(true)}>{t('more')}</Button></div>}
      {more && (
        <FormSection id="more" title={t('sectionMore')}>
          <ChoiceField form={form} name="purpose" label={t('purpose')} required options={choices(contactPurposes)} />
          <TextField form={form} name="startTime" label={t('startTime')} hint={t('timeHint')} max={5} />
          <TextField form={form} name="contactPerson" label={t('contactPerson')} max={100} />
          <FindManyField form={form} name="ourPeople" label={t('ourPeople')} hint={t('ourPeopleHint')} find={findPeople} />
          <TextField form={form} name="place" label={t('place')} hint={t('placeHint')} max={60} />
          <CheckField form={form} name="placeConsent" label={t('placeConsent')} />
          {!corrects && <AreaField form={form} name="restrictedText" label={t('restricted')} hint={t('restrictedHint')} max={1000} />}
          {!corrects && form.values.restrictedText !== '' && <FindManyField form={form} name="readers" label={t('readers')} find={findPeople} />}
        </FormSection>
      )}
      {corrects && <AreaField form={form} name="reason" label={t('reason')} required max={200} rows={2} />}
    </Form>
  )
}
