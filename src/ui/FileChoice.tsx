import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { UploadRule } from '../foundation/http/contract.ts'
import { aboutKinds, kindOfFile, nameFits } from '../foundation/values/file-kind.ts'
import { useFieldId } from './Form.tsx'
import { Mark } from './Mark.tsx'
import { useSettings } from './settings.ts'
import { mark, useText } from './text.ts'
import { uiText } from './ui-text.ts'

type Props = {
  /** Its name in the form: the summary of what needs a change then names it and leads to it. */
  name?: string
  label: string
  /** Of the endpoint's contract: what the server will accept. */
  rule: UploadRule
  file: File | null
  onChange: (file: File | null) => void
  required?: boolean
  /** What the form found. */
  error?: string | undefined
}

const sizeText = (bytes: number): string => (bytes >= 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`)

/** Chooses one file (on the phone: or takes a photo). A wrong one is told at once, by its content; the server judges again. */
export function FileChoice({ name, label, rule, file, onChange, required = false, error }: Props) {
  const t = useText(uiText)
  const { language } = useSettings()
  const id = useFieldId(name, label)
  const input = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const most = sizeText(rule.most)
  const choose = async (chosen: File): Promise<void> => {
    const kind = kindOfFile(new Uint8Array(await chosen.slice(0, rule.most).arrayBuffer()))
    const fault = chosen.size > rule.most ? t('fileTooLarge', { most })
      : kind === null || !rule.kinds.includes(kind) ? t('fileNotAccepted')
        : nameFits(chosen.name, kind) ? null : t('fileMisnamed', { found: aboutKinds[kind][language] })
    setWrong(fault)
    onChange(fault === null ? chosen : null)
  }
  const told = wrong ?? error
  return (
    <div className="yq-field" data-wrong={told === undefined || told === null ? undefined : ''}>
      <label htmlFor={id}>{label}{required && <><i aria-hidden="true">*</i><span className="yq-sr">{t('required')}</span></>}</label>
      <div className="yq-row">
        <input
          id={id} ref={input} type="file" className="yq-file" aria-describedby={`${id}-hint`} aria-invalid={told ? true : undefined}
          accept={rule.kinds.flatMap((kind) => aboutKinds[kind].extensions.map((ending) => `.${ending}`)).join(',')}
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            if (chosen) void choose(chosen)
          }}
        />
        <Button onClick={() => input.current?.click()} tabIndex={-1} aria-hidden="true">{t(file === null ? 'chooseFile' : 'changeFile')}</Button>
        {file !== null && <span className="yq-small">{file.name} <span className="yq-quiet yq-num">{sizeText(file.size)}</span></span>}
      </div>
      <div className="yq-field-hint" id={`${id}-hint`}>{t('fileAccepted', { kinds: rule.kinds.map((kind) => aboutKinds[kind][language]).join(mark('、')), most })}</div>
      {told && <div className="yq-field-error" role="alert"><Mark of="⬣" />{told}</div>}
    </div>
  )
}
