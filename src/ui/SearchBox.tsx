import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { isComposing } from './keys.ts'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'

/** Searches while typing, never in the middle of an input method's composition. `value` is what the address says. */
export function SearchBox({ value, onSearch, placeholder, label }: { value: string; onSearch: (text: string) => void; placeholder?: string; label?: string }) {
  const t = useText(uiText)
  const [typed, setTyped] = useState(value)
  const composing = useRef(false)
  const timer = useRef(0)
  const sent = useRef(value)
  useEffect(() => {
    // the address changed by other means (Back, clear)
    if (value !== sent.current) setTyped(value)
    sent.current = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const send = (text: string): void => {
    clearTimeout(timer.current)
    const asked = text.trim()
    if (asked === sent.current) return
    sent.current = asked
    onSearch(asked)
  }
  const later = (text: string): void => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => send(text), 250)
  }
  return (
    <Input
      className="yq-search" type="search" value={typed} allowClear prefix={<SearchOutlined aria-hidden />} enterKeyHint="search" autoComplete="off"
      aria-label={label ?? t('search')} placeholder={placeholder}
      onChange={(event) => {
        setTyped(event.target.value)
        if (!composing.current) later(event.target.value)
      }}
      onCompositionStart={() => {
        composing.current = true
        clearTimeout(timer.current)
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        later(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event)) send(event.currentTarget.value)
      }}
    />
  )
}
