import { Button, Tooltip, type ButtonProps } from 'antd'
import { useId } from 'react'
import { generalRefusals, type Refusals } from '../foundation/http/contract.ts'
import { fill, usePick, type Text } from './text.ts'

const standing: Readonly<Record<string, Text>> = {
  absent: { zh: '您正由他人代班，期间只能查看', en: 'Somebody stands in for you; until then you only read' },
  'read-only-grant': { zh: '您只有查看授权，不能办理', en: 'You may only read this customer' },
  'not-your-customer': { zh: '不是您的客户，不能办理', en: 'This is not your customer' },
}

type Props = Omit<ButtonProps, 'disabled' | 'onClick'> & {
  /** From the object's `may`: what the server says. */
  may: { allowed: boolean; reason: string | null } | undefined
  /** The endpoint's refusals, for the reason's sentence. */
  refusals?: Refusals
  /** What stands in the places of that sentence. */
  details?: Readonly<Record<string, string>>
  /** A sentence in place of the refusal's. */
  reason?: string
  /** Shows the reason as text beside the button and not only on hover and focus. */
  visible?: boolean
  onClick: () => void
}

/** A button that stays visible and reachable when the act is not possible, with the reason. */
export function ActionButton({ may, refusals, details, reason, visible = false, onClick, children, ...rest }: Props) {
  const pick = usePick()
  const id = useId()
  const allowed = may?.allowed ?? false
  if (allowed) return <Button {...rest} onClick={onClick}>{children}</Button>
  const name = may?.reason ?? 'not-allowed'
  const text = reasonText(name, refusals)
  const told = reason ?? (details ? fill(pick(text), details) : pick(text))
  const button = <Button {...rest} aria-disabled="true" aria-describedby={id} onClick={(event) => event.preventDefault()}>{children}</Button>
  return visible ? (
    <span className="yq-row">
      {button}
      <span className="yq-reason" id={id}>{told}</span>
    </span>
  ) : (
    <>
      <Tooltip title={told} trigger={['hover', 'focus', 'click']}>{button}</Tooltip>
      <span className="yq-sr" id={id}>{told}</span>
    </>
  )
}

/** The sentence of a refusal's name. */
export function reasonText(name: string, refusals: Refusals = {}): Text {
  const general: Refusals = generalRefusals
  return refusals[name] ?? general[name] ?? standing[name] ?? generalRefusals['not-allowed']
}
