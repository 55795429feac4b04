import { Button } from 'antd'
import { useState } from 'react'
import type { Endpoint } from '../../foundation/http/contract.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { download } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { CheckField, DayField, RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { printContacts } from '../print.contract.ts'
import { visitsText } from './visits-text.ts'

const formats = [{ value: 'PDF', label: 'PDF' }, { value: 'DOCX', label: 'Word' }]

/** Prints one thing in the bank's form: asks what for, and hands over the file. */
export function PrintForm({ contract, params }: { contract: Endpoint; params: Record<string, string> }) {
  const t = useText(visitsText)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const form = useForm({
    initial: { format: 'PDF', purpose: '' }, check: (told) => ({ purpose: told.purpose.trim().length < 2 ? t('needReason') : undefined }),
    send: (told) => download(contract, { params, body: { format: told.format, purpose: told.purpose } }),
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('print')}</Button>
      <FormDrawer title={t('printTitle')} open={open} onClose={() => setOpen(false)} form={form} submit={t('print')} onDone={() => { form.reset(); toast(t('printed')) }}>
        <RadioField form={form} name="format" label={t('format')} required options={formats} />
        <TextField form={form} name="purpose" label={t('printPurpose')} hint={t('printPurposeHint')} required max={100} />
      </FormDrawer>
    </>
  )
}

/** Prints the records of a period in one file. */
export function PrintBatch() {
  const t = useText(visitsText)
  const toast = useToast()
  const { today } = useBank()
  const [open, setOpen] = useState(false)
  const form = useForm<{ from: string | null; to: string | null; mine: boolean; format: string; purpose: string }>({
    initial: { from: monthStart(today), to: today, mine: false, format: 'PDF', purpose: '' },
    check: (told) => ({ from: told.from === null ? t('needDay') : undefined, to: told.to === null ? t('needDay') : undefined, purpose: told.purpose.trim().length < 2 ? t('needReason') : undefined }),
    send: (told) => download(printContacts, { body: { from: told.from ?? today, to: told.to ?? today, mine: told.mine, format: told.format === 'DOCX' ? 'DOCX' : 'PDF', purpose: told.purpose } }),
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('printBatch')}</Button>
      <FormDrawer title={t('printBatch')} open={open} onClose={() => setOpen(false)} form={form} submit={t('print')} onDone={() => toast(t('printed'))}>
        <DayField form={form} name="from" label={t('periodFrom')} required to={today} />
        <DayField form={form} name="to" label={t('periodTo')} required to={today} />
        <CheckField form={form} name="mine" label={t('onlyMine')} />
        <RadioField form={form} name="format" label={t('format')} required options={formats} />
        <TextField form={form} name="purpose" label={t('printPurpose')} hint={t('printPurposeHint')} required max={100} />
      </FormDrawer>
    </>
  )
}
