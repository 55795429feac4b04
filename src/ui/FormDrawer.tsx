import { Button, Drawer } from 'antd'
import { useId, useLayoutEffect, type ReactNode } from 'react'
import { clockText } from './date-format.ts'
import { Form } from './Form.tsx'
import { usePhone } from './settings.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import type { FormState, Values } from './useForm.ts'

type Props<V extends Values> = {
  title: string
  open: boolean
  onClose: () => void
  form: FormState<V>
  /** The verb on the button. */
  submit: string
  /** After success; the drawer closes by itself. */
  onDone?: () => void
  /** Fields that want more room: a part of a file. */
  wide?: boolean
  children: ReactNode
}

/** A form of some fields, beside the page; a page of its own on the phone. Traps and returns focus; closing keeps the draft. */
export function FormDrawer<V extends Values>({ title, open, onClose, form, submit, onDone, wide = false, children }: Props<V>) {
  const t = useText(uiText)
  const phone = usePhone()
  const id = useId()
  useLayoutEffect(() => (open ? rest() : undefined), [open])
  return (
    <Drawer
      title={title} open={open} onClose={onClose} size={phone ? '100%' : wide ? 560 : 480} destroyOnHidden
      footer={
        <div className="yq-row">
          <Button type="primary" htmlType="submit" form={id} loading={form.sending}>{submit}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {form.draftAt !== null && <span className="yq-bar-note" role="status">{t('draftSaved', { time: clockText(new Date(form.draftAt)) })}</span>}
        </div>
      }
    >
      <Form form={form} id={id} submit={null} onDone={() => {
        onDone?.()
        onClose()
      }}>
        {children}
      </Form>
    </Drawer>
  )
}

/** The page behind rests while a drawer is open: nothing of it takes a click, the focus or a reader's attention. Returns how it wakes. */
function rest(): () => void {
  const page = document.getElementById('page')
  page?.toggleAttribute('inert', true)
  return () => page?.toggleAttribute('inert', false)
}
