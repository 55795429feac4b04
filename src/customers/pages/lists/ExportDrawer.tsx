import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { download, RefusalError, useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Note } from '../../../ui/Note.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import type { Selection } from '../../lists/batch.contract.ts'
import { askExport } from '../../lists/export.contract.ts'
import { exportCustomers } from '../../customer.contract.ts'
import { listsText } from './lists-text.ts'

/** With a purpose: up to the free number of rows the file comes at once, above it the same form asks for approval. */
export function ExportDrawer({ filters, onClose }: { filters: NonNullable<Selection['filters']>; onClose: () => void }) {
  const t = useText(listsText)
  const toast = useToast()
  const ask = useAct(askExport, { refresh: ['exports'] })
  const [needs, setNeeds] = useState<{ count: string; free: string } | null>(null)
  const form = useForm({
    initial: { id: newId(), purpose: '' },
    check: ({ purpose }) => ({ purpose: purpose.trim().length < 2 ? t('purposeNeeded') : undefined }),
    send: async ({ id, purpose }) => {
      if (needs) {
        await ask.mutateAsync({ body: { id, filters, purpose } })
        toast(t('exportAsked'))
        return
      }
      try {
        await download(exportCustomers, { body: { ...filters, purpose } })
        toast(t('exported'))
      } catch (error) {
        if (error instanceof RefusalError && error.name === 'needs-approval') setNeeds({ count: error.details['count'] ?? '', free: error.details['free'] ?? '' })
        throw error
      }
    },
  })
  return (
    <FormDrawer title={t('exportTitle')} open onClose={onClose} form={form} submit={t(needs ? 'askExport' : 'export')}>
      {needs && <Note tone="warning">{t('exportNeeds', needs)}</Note>}
      <TextField form={form} name="purpose" label={t('purpose')} required max={100} hint={t('exportHint')} />
    </FormDrawer>
  )
}
