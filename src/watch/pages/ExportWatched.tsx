import { Button } from 'antd'
import { useState } from 'react'
import { useToast } from '../../ui/Confirm.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useMay } from '../../ui/who.ts'
import { watchText } from './watch-text.ts'

/** A button that asks what the file is for and fetches it: what the list shows, as Excel. Absent for who may not export. */
export function ExportWatched({ title, fetch }: { title: string; fetch: (purpose: string) => Promise<unknown> }) {
  const t = useText(watchText)
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('watch.export')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('export')}</Button>
      {open && <Purpose title={`${t('export')} · ${title}`} fetch={fetch} onClose={() => setOpen(false)} />}
    </>
  )
}

function Purpose({ title, fetch, onClose }: { title: string; fetch: (purpose: string) => Promise<unknown>; onClose: () => void }) {
  const t = useText(watchText)
  const toast = useToast()
  const form = useForm({
    initial: { purpose: '' }, check: ({ purpose }) => ({ purpose: purpose.trim().length < 2 ? t('purposeNeeded') : undefined }),
    send: ({ purpose }) => fetch(purpose.trim()),
  })
  return (
    <FormDrawer title={title} open onClose={onClose} form={form} submit={t('export')} onDone={() => toast(t('exported'))}>
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('purposeHint')} />
    </FormDrawer>
  )
}
