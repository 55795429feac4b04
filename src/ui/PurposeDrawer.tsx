import { useToast } from './Confirm.tsx'
import { TextField } from './fields.tsx'
import { FormDrawer } from './FormDrawer.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useForm } from './useForm.ts'

/** Asks what a file is for and fetches it. */
export function PurposeDrawer({ title, submit, fetch, onClose }: { title: string; submit: string; fetch: (purpose: string) => Promise<unknown>; onClose: () => void }) {
  const t = useText(uiText)
  const toast = useToast()
  const form = useForm({
    initial: { purpose: '' }, check: ({ purpose }) => ({ purpose: purpose.trim().length < 2 ? t('purposeNeeded') : undefined }),
    send: ({ purpose }) => fetch(purpose.trim()),
  })
  return (
    <FormDrawer title={title} open onClose={onClose} form={form} submit={submit} onDone={() => toast(t('exported'))}>
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('purposeHint')} />
    </FormDrawer>
  )
}
