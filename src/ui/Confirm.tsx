import { App } from 'antd'
import { useCallback, type ReactNode } from 'react'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

export type Question = {
  /** Names the object and ends with a question mark: "移交 176 位客户给王凯？" */
  title: string
  /** The effect: "对方签收后生效，您将不再看到这些客户。" */
  effect?: ReactNode
  /** The button repeats the verb: "移交". */
  verb: string
  danger?: boolean
}

/** Only for what cannot be undone or leaves the bank: `const confirm = useConfirm(); if (await confirm({ title, effect, verb })) …`. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp()
  const t = useText(uiText)
  return useCallback(({ title, effect, verb, danger = false }) => new Promise<boolean>((resolve) => {
    modal.confirm({
      title, content: effect, icon: null, okText: verb, cancelText: t('cancel'), okButtonProps: { danger }, focusable: { autoFocusButton: 'cancel' },
      onOk: () => resolve(true), onCancel: () => resolve(false),
    })
  }), [modal, t])
}

/** A short message that something was done; never the only copy of it. */
export function useToast(): (text: string) => void {
  const { message } = App.useApp()
  return useCallback((text) => void message.success(text, 4), [message])
}
