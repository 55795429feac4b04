import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, CheckField, DayField, DecimalField, FindField, RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { aside, usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { assignCustomerContract, editCustomer } from '../customer.contract.ts'
import type { CustomerView } from './CustomerPanels.tsx'
import { sizeClasses } from '../file/file-fields.contract.ts'
import { customersText } from './customers-text.ts'

/** Finds colleagues by name, pinyin or number: handed in by the desk, which knows the organisation. */
export type FindPeople = (text: string) => Promise<readonly { value: string; label: string }[]>

/** Core fields; a name that stands, documents and the legal representative are changed by two persons on the file. */
export function EditCustomer({ customer, onClose }: { customer: CustomerView; onClose: () => void }) {
  const t = useText(customersText)
  const pick = usePick()
  const toast = useToast()
  const save = useAct(editCustomer, { refresh: ['customers', 'customer'], onDone: () => toast(t('saved')) })
  const { corporate, person } = customer
  const form = useForm({
    initial: {
      name: customer.name, newPhone: '', legalRepresentative: corporate?.legalRepresentative ?? '', operatingAddress: corporate?.operatingAddress ?? '', businessScope: corporate?.businessScope ?? '',
      size: corporate?.sizeClass ?? null, occupation: person?.occupation ?? '', employer: person?.employer ?? '', reason: '', sameNameSeen: false,
    },
    check: ({ name, reason }) => ({ name: [...name.trim()].length < 2 ? t('needed') : undefined, reason: reason.trim() === '' ? t('needed') : undefined }),
    send: ({ name, newPhone, sameNameSeen, legalRepresentative, operatingAddress, businessScope, size, occupation, employer, reason }) => {
      const text = (value: string): string | null => (value.trim() === '' ? null : value)
      return save.mutateAsync({
        params: { customerId: customer.customerId },
        body: {
          changedAt: customer.changedAt, reason, sameNameSeen, newPhone: text(newPhone), ...(name.trim() === customer.name ? {} : { name }),
          ...(corporate ? { corporate: { ...(corporate.legalRepresentative === null ? { legalRepresentative: text(legalRepresentative) } : {}), operatingAddress: text(operatingAddress), businessScope: text(businessScope), sizeClass: size } } : {}),
          ...(person ? { person: { occupation: text(occupation), employer: text(employer) } } : {}),
        },
      })
    },
  })
  return (
    <FormDrawer title={t('editTitle')} open onClose={onClose} form={form} submit={t('save')}>
      <Note tone="info">{t('byTwoHint')}</Note>
      {customer.nameIsMade && <TextField form={form} name="name" label={t('name')} required max={120} hint={t('asInPapers')} />}
      {corporate && (
        <>
          {corporate.legalRepresentative === null && <TextField form={form} name="legalRepresentative" label={t('legalRepresentative')} max={60} />}
          <TextField form={form} name="operatingAddress" label={t('operatingAddress')} max={200} />
          <AreaField form={form} name="businessScope" label={t('businessScope')} max={1000} />
          <RadioField form={form} name="size" label={t('size')} options={sizeClasses.map((one) => ({ value: one.code, label: pick(one) }))} />
        </>
      )}
      {person && (
        <>
          <TextField form={form} name="occupation" label={t('occupation')} max={60} />
          <TextField form={form} name="employer" label={t('employer')} max={100} />
        </>
      )}
      <TextField form={form} name="newPhone" label={t('newPhone')} max={25} inputMode="tel" />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
      {form.errors.sameNameSeen !== undefined || form.values.sameNameSeen ? <CheckField form={form} name="sameNameSeen" label={t('sameNameSeen')} hint={form.errors.sameNameSeen} /> : null}
    </FormDrawer>
  )
}

/** A main manager and, with a share below 100 %, an assisting one. */
export function AssignManagers({ customer, onClose, findPeople }: { customer: CustomerView; onClose: () => void; findPeople: FindPeople }) {
  const t = useText(customersText)
  const toast = useToast()
  const { today } = useBank()
  const assign = useAct(assignCustomerContract, { refresh: ['customers', 'customer', 'contact'], onDone: () => toast(t('assigned')) })
  const present = customer.assignments.filter((slice) => slice.now)
  const main = present.find((slice) => slice.main)
  const assisting = present.find((slice) => !slice.main)
  const choice = (slice: typeof main) => (slice ? { value: String(slice.person.staffKey), label: aside(slice.person.name, slice.person.staffNo) } : null)
  const form = useForm({
    initial: { main: choice(main)?.value ?? '', assist: choice(assisting)?.value ?? '', share: main?.sharePct ?? '100.00', from: today as string | null, reason: '' },
    check: ({ main: chosen, assist, share, from, reason }) => ({
      main: chosen ? undefined : t('needed'), from: from ? undefined : t('needed'), reason: reason.trim() === '' ? t('needed') : undefined,
      share: /^\d{1,3}(\.\d{1,2})?$/.test(share) && exact(share).gt(0) && exact(share).lte(100) && (exact(share).lt(100) || !assist) && (exact(share).equals(100) || assist) ? undefined : t('shareHint'),
    }),
    send: ({ main: chosen, assist, share, from, reason }) => assign.mutateAsync({
      params: { customerId: customer.customerId },
      body: {
        from: from ?? today, reason,
        slices: [{ staffKey: Number(chosen), sharePct: share, main: true }, ...(assist ? [{ staffKey: Number(assist), sharePct: exact('100').minus(exact(share)).toFixed(2), main: false }] : [])],
      },
    }),
  })
  return (
    <FormDrawer title={t('assignTitle')} open onClose={onClose} form={form} submit={t('assign')}>
      <Note tone="info">{t('assignHint')}</Note>
      <FindField form={form} name="main" label={t('mainManager')} required find={findPeople} placeholder={t('findPerson')} first={choice(main)} />
      <DecimalField form={form} name="share" label={t('sharePct')} required suffix="%" hint={t('shareHint')} />
      <FindField form={form} name="assist" label={t('assistManager')} find={findPeople} placeholder={t('findPerson')} first={choice(assisting)} />
      <DayField form={form} name="from" label={t('since')} required from={monthStart(today)} to={today} />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
