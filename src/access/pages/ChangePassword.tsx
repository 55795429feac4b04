import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useAct, useContract } from '../../ui/client.ts'
import { backAddress } from '../../ui/client-path.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { Note } from '../../ui/Note.tsx'
import { useSettings } from '../../ui/settings.ts'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { changePassword, getSession, signOut } from '../session.contract.ts'
import { DoorFrame } from './DoorFrame.tsx'
import { signInText } from './sign-in-text.ts'

/** Obligatory at the first sign-in outside of the demo, otherwise by choice. */
export default function ChangePassword() {
  const t = useText(signInText)
  const { language } = useSettings()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const toast = useToast()
  const [address] = useSearchParams()
  const { data } = useContract(getSession, {})
  const save = useAct(changePassword, { stay: true })
  const leave = useAct(signOut, { stay: true, onDone: () => {
    queries.clear()
    void navigate('/sign-in')
  } })
  useEffect(() => {
    document.title = `${t('changeTitle')} · ${t('product')}`
  }, [t])
  const form = useForm({
    initial: { oldPassword: '', newPassword: '', again: '' },
    check: (values) => ({
      oldPassword: values.oldPassword === '' ? t('needOld') : undefined,
      newPassword: values.newPassword === '' ? t('needNew') : undefined,
      again: values.again === values.newPassword ? undefined : t('notSame'),
    }),
    send: (values) => save.mutateAsync({ body: { oldPassword: values.oldPassword, newPassword: values.newPassword } }),
  })
  const must = data?.mustChangePassword ?? false
  return (
    <DoorFrame bankName={(language === 'en' ? data?.bankNameEn : data?.bankName) ?? ''}>
      <div className="yq-door-form">
        <h1>{t('changeTitle')}</h1>
        {must && <Note tone="warning">{t('mustChange')}</Note>}
        <Form form={form} submit={t('change')} onDone={() => {
          toast(t('changed'))
          queries.clear()
          void navigate(backAddress(address.get('back')))
        }} onCancel={() => (must ? leave.mutate({}) : void navigate(-1))}>
          <input type="text" name="username" autoComplete="username" value={data?.person.staffNo ?? ''} readOnly hidden />
          <TextField form={form} name="oldPassword" label={t('oldPassword')} required secret autoComplete="current-password" max={200} />
          <TextField form={form} name="newPassword" label={t('newPassword')} required secret autoComplete="new-password" max={200} hint={t('newHint')} />
          <TextField form={form} name="again" label={t('again')} required secret autoComplete="new-password" max={200} />
        </Form>
      </div>
    </DoorFrame>
  )
}
