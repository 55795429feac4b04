import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../ui/text.ts'
import { useMay } from '../../ui/who.ts'
import { watchText } from './watch-text.ts'
import { PurposeDrawer } from '../../ui/PurposeDrawer.tsx'

/** A button that asks what the file is for and fetches it: what the list shows, as Excel. Absent for who may not export. */
export function ExportWatched({ title, fetch }: { title: string; fetch: (purpose: string) => Promise<unknown> }) {
  const t = useText(watchText)
  const may = useMay()
  const [open, setOpen] = useState(false)
  if (!may('watch.export')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('export')}</Button>
      {open && <PurposeDrawer title={`${t('export')} · ${title}`} submit={t('export')} fetch={fetch} onClose={() => setOpen(false)} />}
    </>
  )
}
