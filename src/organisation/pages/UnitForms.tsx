import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { ChoiceField, DayField, RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { addInstitutionContract, closeInstitution, institutionKinds, renameInstitution, type InstitutionView } from '../institution.contract.ts'
import { organisationText } from './organisation-text.ts'
import { useUnitOptions } from './unit-options.ts'

const families = ['organisation', 'access']

export function AddUnit({ open, onClose, parent }: { open: boolean; onClose: () => void; parent: number | null }) {
  const t = useText(organisationText)
  const { today } = useBank()
  const toast = useToast()
  const units = useUnitOptions()
  const add = useAct(addInstitutionContract, { refresh: families, onDone: () => toast(t('done')) })
  const form = useForm({
    initial: { code: '', kind: 'OUTLET', name: '', nameEn: '', parentKey: parent === null ? '' : String(parent), managersIn: 'OUTLET', from: today },
    check: (value) => ({
      code: /^[A-Za-z0-9-]{1,20}$/.test(value.code) ? undefined : t('codeHint'), name: value.name.trim() ? undefined : t('needed'), nameEn: value.nameEn.trim() ? undefined : t('needed'),
      parentKey: value.parentKey ? undefined : t('needed'), from: value.from ? undefined : t('needed'),
    }),
    send: ({ kind, parentKey, managersIn, ...rest }) => add.mutateAsync({
      body: { ...rest, kind: kind as InstitutionView['kind'], parentKey: Number(parentKey), ...(kind === 'BRANCH' ? { managersIn: managersIn as InstitutionView['managersIn'] } : {}) },
    }),
  })
  return (
    <FormDrawer title={t('addUnit')} open={open} onClose={onClose} form={form} submit={t('save')}>
      <ChoiceField form={form} name="parentKey" label={t('parent')} required options={units} />
      <ChoiceField form={form} name="kind" label={t('kind')} required options={institutionKinds.filter((kind) => kind !== 'HEAD_OFFICE').map((kind) => ({ value: kind, label: t(kind) }))} />
      <TextField form={form} name="code" label={t('code')} required hint={t('codeHint')} max={20} />
      <TextField form={form} name="name" label={t('unitName')} required max={60} />
      <TextField form={form} name="nameEn" label={t('nameEn')} required max={80} />
      {form.values.kind === 'BRANCH' && <RadioField form={form} name="managersIn" label={t('managersIn')} options={[{ value: 'OUTLET', label: t('inOutlet') }, { value: 'RM_DEPARTMENT', label: t('inDepartment') }]} />}
      <DayField form={form} name="from" label={t('from')} required />
    </FormDrawer>
  )
}

export function RenameUnit({ open, onClose, unit }: { open: boolean; onClose: () => void; unit: InstitutionView }) {
  const t = useText(organisationText)
  const { today } = useBank()
  const toast = useToast()
  const rename = useAct(renameInstitution, { refresh: families, onDone: () => toast(t('done')) })
  const form = useForm({
    initial: { name: unit.name, nameEn: unit.nameEn, from: today, reason: '' },
    check: (value) => ({ name: value.name.trim() ? undefined : t('needed'), nameEn: value.nameEn.trim() ? undefined : t('needed'), reason: value.reason.trim() ? undefined : t('needed') }),
    send: (body) => rename.mutateAsync({ params: { key: unit.key }, body }),
  })
  return (
    <FormDrawer title={`${t('rename')} · ${unit.name}`} open={open} onClose={onClose} form={form} submit={t('rename')}>
      <TextField form={form} name="name" label={t('unitName')} required max={60} />
      <TextField form={form} name="nameEn" label={t('nameEn')} required max={80} />
      <DayField form={form} name="from" label={t('from')} required />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}

export function CloseUnit({ open, onClose, unit }: { open: boolean; onClose: () => void; unit: InstitutionView }) {
  const t = useText(organisationText)
  const { today } = useBank()
  const toast = useToast()
  const close = useAct(closeInstitution, { refresh: families, onDone: () => toast(t('closed')) })
  const form = useForm({
    initial: { from: today, reason: '' },
    check: (value) => ({ reason: value.reason.trim() ? undefined : t('needed') }),
    send: (body) => close.mutateAsync({ params: { key: unit.key }, body }),
  })
  return (
    <FormDrawer title={`${t('close')} · ${unit.name}`} open={open} onClose={onClose} form={form} submit={t('close')}>
      <DayField form={form} name="from" label={t('from')} required />
      <TextField form={form} name="reason" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
