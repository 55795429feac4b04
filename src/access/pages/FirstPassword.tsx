import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { setFirstPassword } from '../first-password.contract.ts'
import { accessText } from './access-text.ts'

/** The administrator gives a person a password; nothing of it is kept on the device. */
export function FirstPassword({ open, onClose, staffKey }: { open: boolean; onClose: () => void; staffKey: number }) {
  const t = useText(accessText)
  const toast = useToast()
  const set = useAct(setFirstPassword, { refresh: ['organisation', 'access'], onDone: () => toast(t('passwordSet')) })
  const form = useForm({
    initial: { password: '' },
    check: (value) => ({ password: value.password ? undefined : t('needed') }),
    send: (body) => set.mutateAsync({ params: { staffKey }, body }),
  })
  return (
    <FormDrawer title={t('password')} open={open} onClose={onClose} form={form} submit={t('set')}>
      <TextField form={form} name="password" label={t('password')} required secret hint={t('passwordHint')} max={200} autoComplete="new-password" />
    </FormDrawer>
  )
}
