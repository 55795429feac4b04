import { Radio } from 'antd'
import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { call, RefusalError, useAct } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Masked } from '../../../ui/Masked.tsx'
import { Note } from '../../../ui/Note.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { revealNumber } from '../../customer.contract.ts'
import { groupOf, type FieldValue, type Values } from '../../file/file-fields.contract.ts'
import { getFile, saveGroup, type FileView } from '../../file/file.contract.ts'
import { FieldControl, findingsOf, inForm, useShown } from './FieldControl.tsx'
import { changedValues, conflictsOf, fromForm, toForm, type Conflict } from './file-form.ts'
import { fileText } from './file-text.ts'

type Group = FileView['groups'][number]
const revealed = { incomeFen: 'INCOME', assetsFen: 'ASSETS', debtsFen: 'DEBTS' } as const

/** Does anything stand in a group? */
export function isEmptyGroup(group: Group): boolean {
  return Object.values(group.values).every((value) => value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0) || value === 'NORMAL')
}

export function fieldsOf(code: string, kind: FileView['kind']) {
  return (groupOf(code)?.fields ?? []).filter((field) => field.only === undefined || field.only === kind)
}

/** One group of fields: what is known, how much is not, and its own way to change it. */
export function GroupBlock({ customerId, kind, group, mayReveal, below, onEdit, compact = false }: { customerId: string; kind: FileView['kind']; group: Group; mayReveal: boolean; below?: React.ReactNode; onEdit: () => void; compact?: boolean }) {
  const t = useText(fileText)
  const pick = usePick()
  const shown = useShown()
  const declared = groupOf(group.code)
  if (!declared) return null
  const fields = fieldsOf(group.code, kind)
  const values = group.values as Values
  const known = fields.filter((field) => shown(field, values[field.name]) !== null)
  const show = (name: string): ((purpose: string) => Promise<string>) | undefined => {
    const what = (revealed as Readonly<Record<string, 'INCOME' | 'ASSETS' | 'DEBTS'>>)[name]
    return what === undefined || !mayReveal ? undefined : async (purpose) => (await call(revealNumber, { params: { customerId }, body: { what, id: customerId, purpose } })).value
  }
  const open = fields.filter((field) => field.kind !== 'flag').length - known.filter((field) => field.kind !== 'flag').length
  const button = <ActionButton size="small" may={group.may} refusals={saveGroup.refusals} aria-label={t('editPart', { part: pick(declared) })} onClick={onEdit}>{t('edit')}</ActionButton>
  if (compact) return <li id={`file-${group.code}`} className="yq-file-line"><span>{pick(declared)}</span>{button}</li>
  return (
    <Block title={pick(declared)} id={`file-${group.code}`} actions={button}>
      {known.length > 0 && <Facts facts={known.map((field) => {
        const reveal = field.kind === 'money' && values[field.name] === '***' ? show(field.name) : undefined
        return { label: pick(field), value: values[field.name] === '***' ? <Masked masked="***" what={pick(field)} {...(reveal ? { reveal } : {})} /> : shown(field, values[field.name]) }
      })} />}
      {open > 0 && <div className="yq-quiet yq-small" style={{ marginTop: known.length > 0 ? 12 : 0 }}>{t('empty', { n: open })}</div>}
      {known.length === 0 && open === 0 && <span className="yq-quiet">{t('none')}</span>}
      {below}
    </Block>
  )
}

/** The group's form. When somebody saved meanwhile the file is read anew: what does not collide is taken over, for the rest one chooses. */
export function GroupDrawer({ customerId, kind, group, onClose }: { customerId: string; kind: FileView['kind']; group: Group; onClose: () => void }) {
  const t = useText(fileText)
  const pick = usePick()
  const toast = useToast()
  const save = useAct(saveGroup, { refresh: ['customers'] })
  const fields = fieldsOf(group.code, kind)
  const [base, setBase] = useState<Group>(group)
  const [met, setMet] = useState<{ who: string; when: string; conflicts: readonly Conflict[] } | null>(null)
  const form = useForm<Record<string, string | boolean | null>>({
    initial: { ...toForm(fields, base.values as Values), 'reason!!': '' },
    check: (typed) => findingsOf(fields, typed, base.values as Values, t),
    send: async (typed) => {
      const values = changedValues(fields, fromForm(fields, typed, base.values as Values), base.values as Values)
      if (Object.keys(values).length === 0) return toast(t('nothingChanged'))
      const reason = String(typed['reason!!']).trim()
      try {
        await save.mutateAsync({ params: { customerId }, body: { group: group.code, edition: base.edition, values: values as Record<string, FieldValue>, reason: reason === '' ? null : reason } })
        toast(t('saved'))
      } catch (error) {
        if (error instanceof RefusalError && error.name === 'changed-meanwhile') await meet(error, values)
        throw inForm(error)
      }
    },
  })
  const meet = async (error: RefusalError, mine: Record<string, FieldValue>): Promise<void> => {
    const now = (await call(getFile, { params: { customerId }, query: {} })).groups.find((one) => one.code === group.code)
    if (!now) return
    const conflicts = conflictsOf(fields, mine, base.values as Values, now.values as Values)
    const fresh = toForm(fields, now.values as Values)
    form.setAll(Object.fromEntries(Object.entries(fresh).filter(([name]) => !(name.replace(/!$/, '') in mine))))
    setBase(now)
    setMet({ who: error.details['who'] ?? '', when: error.details['when'] ?? '', conflicts })
  }
  const declared = groupOf(group.code)
  return (
    <FormDrawer title={t('editPart', { part: declared ? pick(declared) : '' })} open onClose={onClose} form={form} submit={t('save')} wide>
      {met && <ConflictTable met={met} form={form} base={base} />}
      {fields.map((field) => <FieldControl key={field.name} form={form} field={field} known={(base.values as Values)[field.name] ?? null} of={kind} />)}
      <FieldControl form={form} field={{ name: 'reason!!', column: '', kind: 'text', max: 200, ...fileText.reason }} known={null} of={kind} />
    </FormDrawer>
  )
}

function ConflictTable({ met, form, base }: { met: { who: string; when: string; conflicts: readonly Conflict[] }; form: ReturnType<typeof useForm<Record<string, string | boolean | null>>>; base: Group }) {
  const t = useText(fileText)
  const pick = usePick()
  const shown = useShown()
  const [chosen, setChosen] = useState<Readonly<Record<string, 'theirs' | 'mine'>>>({})
  const { who, when, conflicts } = met
  return (
    <div className="yq-stack" style={{ marginBottom: 16 }}>
      <Note tone="warning">{t(conflicts.length === 0 ? 'conflictNone' : 'conflict', { who, when })}</Note>
      {conflicts.map(({ field, before, theirs, mine }) => (
        <fieldset key={field.name} className="yq-field">
          <legend>{pick(field)}</legend>
          <div className="yq-small yq-quiet">{t('before')}{mark('：')}{shown(field, before) ?? '--'}</div>
          <Radio.Group
            name={`keep-${field.name}`} value={chosen[field.name] ?? 'mine'}
            onChange={(event) => {
              const keep = event.target.value as 'theirs' | 'mine'
              setChosen({ ...chosen, [field.name]: keep })
              form.setAll(toForm([field], { [field.name]: keep === 'theirs' ? ((base.values as Values)[field.name] ?? null) : mine }))
            }}
            options={[{ value: 'mine', label: <>{t('keepMine')}{mark('：')}{shown(field, mine) ?? '--'}</> }, { value: 'theirs', label: <>{t('takeTheirs')}{mark('：')}{shown(field, theirs) ?? '--'}</> }]}
          />
        </fieldset>
      ))}
    </div>
  )
}
