import { Button, Input, Popover } from 'antd'
import { useEffect, useId, useState } from 'react'
import { ErrorState } from './ErrorState.tsx'
import { isComposing } from './keys.ts'
import { Mark } from './Mark.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

const shownSeconds = 60

type Props = {
  /** As the server masks it: "138****5678". */
  masked: string
  /** What it is: "电话". */
  what: string
  /** Asks the server for the whole number; the server journals it. Absent: this reader may not. */
  reveal?: (purpose: string) => Promise<string>
  /** Why it cannot be shown: beside the number. */
  reason?: string
}

/** A masked number; "查看" asks the purpose, shows it for 60 s, and the viewing is recorded. */
export function Masked({ masked, what, reveal, reason }: Props) {
  const t = useText(uiText)
  const id = useId()
  const [open, setOpen] = useState(false)
  const [purpose, setPurpose] = useState('')
  const [wrong, setWrong] = useState<unknown>(null)
  const [missing, setMissing] = useState(false)
  const [asking, setAsking] = useState(false)
  const [value, setValue] = useState<string | null>(null)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (value === null) return
    const until = performance.now() + shownSeconds * 1000
    const timer = setInterval(() => {
      const rest = Math.ceil((until - performance.now()) / 1000)
      setLeft(rest)
      if (rest <= 0) setValue(null)
    }, 500)
    return () => clearInterval(timer)
  }, [value])
  const ask = async (): Promise<void> => {
    if (purpose.trim() === '') return setMissing(true)
    setAsking(true)
    setWrong(null)
    try {
      const found = await reveal?.(purpose.trim())
      setLeft(shownSeconds)
      setValue(found ?? null)
      setOpen(false)
    } catch (error) {
      setWrong(error)
    } finally {
      setAsking(false)
    }
  }
  if (value !== null) {
    return (
      <span className="yq-row">
        <span className="yq-num" role="status">{value}</span>
        <span className="yq-small yq-quiet">{t('revealLeft', { n: left })}</span>
        <Button type="link" onClick={() => setValue(null)}>{t('hide')}</Button>
      </span>
    )
  }
  return (
    <span className="yq-row">
      <span className="yq-num">
        <span aria-hidden="true">{masked}</span>
        <span className="yq-sr">{`${t('masked')} ${masked.replace(/\*+/g, ' ')}`}</span>
      </span>
      {reveal && (
        <Popover
          trigger="click" open={open} onOpenChange={setOpen} title={t('revealTitle', { what })} destroyOnHidden
          content={
            <div className="yq-stack yq-reveal">
              <div className="yq-field" data-wrong={missing ? '' : undefined}>
                <label htmlFor={id}>{t('revealPurpose')}</label>
                <Input
                  id={id} autoFocus maxLength={100} value={purpose} aria-describedby={`${id}-hint`} aria-invalid={missing || undefined}
                  onChange={(event) => {
                    setPurpose(event.target.value)
                    setMissing(false)
                  }}
                  onPressEnter={(event) => !isComposing(event) && void ask()}
                />
                <div className="yq-field-hint" id={`${id}-hint`}>{t('revealHint')}</div>
                {missing && <div className="yq-field-error" role="alert"><Mark of="⬣" />{t('revealNeedsPurpose')}</div>}
              </div>
              {wrong !== null && <ErrorState error={wrong} />}
              <div><Button type="primary" loading={asking} onClick={() => void ask()}>{t('reveal')}</Button></div>
            </div>
          }
        >
          <Button type="link" aria-label={t('revealTitle', { what })}>{t('reveal')}</Button>
        </Popover>
      )}
      {!reveal && reason !== undefined && <span className="yq-reason">{reason}</span>}
    </span>
  )
}
