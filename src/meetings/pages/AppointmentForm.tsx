import { newId } from '../../foundation/values/uuid7.ts'
import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, FindField, TextField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { appointmentKinds, cancelAppointment, moveAppointment, planAppointment, type AppointmentKind, type AppointmentView, type Clash } from '../appointment.contract.ts'
import { meetingsText } from './meetings-text.ts'

/** 07:00 to 21:00 in quarters. */
const clocks: Choice[] = Array.from({ length: 57 }, (_none, place) => {
  const text = `${String(7 + Math.floor(place / 4)).padStart(2, '0')}:${String((place % 4) * 15).padStart(2, '0')}`
  return { value: text, label: text }
})
const emptyToNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

function useClashText(): (clashes: readonly Clash[], done: string) => string {
  const t = useText(meetingsText)
  return (clashes, done) => (clashes.length === 0 ? done : t('clashes', { who: clashes.map((one) => t('clashOf', one)).join(mark('、')) }))
}

type Find = (text: string) => Promise<readonly Choice[]>
type Entry = { id: string; customerId: string | null; kind: AppointmentKind; day: string | null; from: string | null; to: string | null; subject: string; place: string; people: Choice[] }

/** A new appointment of one's own: with a customer or without, who takes part, when, where and what for. Clashes are told when it stands. */
export function PlanAppointment({ day, customer, findCustomers, findPeople, onClose }: { day: string; customer: Choice | null; findCustomers: Find; findPeople: Find; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const told = useClashText()
  const { today } = useBank()
  const send = useAct(planAppointment, { refresh: ['appointments', 'reports'] })
  const form = useForm<Entry>({
    initial: { id: newId(), customerId: customer?.value ?? null, kind: 'VISIT', day, from: '09:30', to: '10:30', subject: '', place: '', people: [] },
    check: (entry) => ({
      ...(entry.day === null ? { day: t('required') } : {}), ...([...entry.subject.trim()].length < 2 ? { subject: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}),
      ...(entry.to === null ? { to: t('required') } : entry.from !== null && entry.to <= entry.from ? { to: t('reversed') } : {}),
    }),
    send: async (entry) => {
      const answer = await send.mutateAsync({ body: { id: entry.id, customerId: entry.customerId, day: entry.day ?? today, from: entry.from ?? '', to: entry.to ?? '', kind: entry.kind, subject: entry.subject, place: emptyToNull(entry.place), people: entry.people.map((one) => Number(one.value)) } })
      toast(told(answer.clashes, t('planned')))
    },
  })
  return (
    <FormDrawer title={t('plan')} open onClose={onClose} form={form} submit={t('plan')}>
      <FindField form={form} name="customerId" label={t('customer')} hint={t('customerHint')} find={findCustomers} first={customer} />
      <ChoiceField form={form} name="kind" label={t('kind')} required options={appointmentKinds.map((value) => ({ value, label: t(value) }))} />
      <TextField form={form} name="subject" label={t('subject')} hint={t('subjectHint')} required max={100} />
      <DayField form={form} name="day" label={t('day')} required from={today} />
      <ChoiceField form={form} name="from" label={t('from')} required options={clocks} />
      <ChoiceField form={form} name="to" label={t('to')} required options={clocks} />
      <TextField form={form} name="place" label={t('place')} max={60} />
      <FindManyField form={form} name="people" label={t('people')} hint={t('peopleHint')} find={findPeople} />
    </FormDrawer>
  )
}

export function MoveAppointment({ appointment, onClose }: { appointment: AppointmentView; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const told = useClashText()
  const { today } = useBank()
  const send = useAct(moveAppointment, { refresh: ['appointments', 'reports'] })
  const form = useForm<{ day: string | null; from: string | null; to: string | null; place: string }>({
    initial: { day: appointment.day < today ? today : appointment.day, from: appointment.from, to: appointment.to, place: appointment.place ?? '' },
    check: (entry) => ({ ...(entry.day === null ? { day: t('required') } : {}), ...(entry.from === null ? { from: t('required') } : {}), ...(entry.to === null ? { to: t('required') } : entry.from !== null && entry.to <= entry.from ? { to: t('reversed') } : {}) }),
    send: async (entry) => {
      const answer = await send.mutateAsync({ params: { appointmentId: appointment.id }, body: { day: entry.day ?? today, from: entry.from ?? '', to: entry.to ?? '', place: emptyToNull(entry.place) } })
      toast(told(answer.clashes, t('moved')))
    },
  })
  return (
    <FormDrawer title={t('move')} open onClose={onClose} form={form} submit={t('move')}>
      <DayField form={form} name="day" label={t('day')} required from={today} />
      <ChoiceField form={form} name="from" label={t('from')} required options={clocks} />
      <ChoiceField form={form} name="to" label={t('to')} required options={clocks} />
      <TextField form={form} name="place" label={t('place')} max={60} />
    </FormDrawer>
  )
}

export function CancelAppointment({ appointment, onClose }: { appointment: AppointmentView; onClose: () => void }) {
  const t = useText(meetingsText)
  const toast = useToast()
  const send = useAct(cancelAppointment, { refresh: ['appointments', 'reports'] })
  const form = useForm({ initial: { reason: '' }, check: ({ reason }) => ([...reason.trim()].length < 2 ? { reason: t('required') } : {}), send: ({ reason }) => send.mutateAsync({ params: { appointmentId: appointment.id }, body: { reason } }) })
  return (
    <FormDrawer title={t('cancel')} open onClose={onClose} form={form} submit={t('cancel')} onDone={() => toast(t('cancelled'))}>
      <AreaField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
