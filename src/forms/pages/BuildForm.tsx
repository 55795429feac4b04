import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, CheckField, ChoiceField, DayField, RadioField, TextField, type Choice } from '../../ui/fields.tsx'
import { FindManyField } from '../../ui/FindManyField.tsx'
import { Field, Form, FormSection } from '../../ui/Form.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { answersForKinds, cellSources, cellTypes, changeForm, makeForm, type AnswersFor, type Cell, type CellSource, type CellType, type CustomersAsked } from '../form.contract.ts'
import { customerSources } from '../form.rules.ts'
import { formsText } from './forms-text.ts'

type Draft = { code: string; label: string; type: CellType; required: boolean; choices: string; source: CellSource | null; least: string | null; most: string | null }
type Entry = {
  title: string; why: string; answersFor: AnswersFor; mostRows: string; cells: Draft[]; posts: string[]; units: Choice[]; people: Choice[]; dueOn: string | null; confirms: boolean
  of: 'OWN' | 'SEGMENT'; kind: string; tiers: string[]; segment: string; purpose: string
}
export type Former = { formId: string; copy: boolean; edition: number; title: string; why: string; answersFor: AnswersFor; mostRows: number; cells: readonly Cell[]; posts: string[]; units: Choice[]; people: Choice[]; dueOn: string; confirms: boolean; customers: CustomersAsked | null; purpose: string | null }
type Props = { former: Former | null; posts: readonly Choice[]; segments: readonly Choice[]; findUnits: (text: string) => Promise<Choice[]>; findPeople: (text: string) => Promise<Choice[]> }

const fresh = (n: number): Draft => ({ code: `c${n}`, label: '', type: 'WHOLE', required: true, choices: '', source: null, least: null, most: null })
const tiers = ['T1', 'T2', 'T3', 'T4'] as const
const aboutWhom = (former: Former | null) => ({ of: former?.customers?.of ?? ('OWN' as const), kind: former?.customers?.kind ?? '', tiers: [...(former?.customers?.tiers ?? ['T1'])], segment: former?.customers?.segment ?? '', purpose: former?.purpose ?? '' })
const draftOf = (cell: Cell): Draft => ({ code: cell.code, label: cell.label, type: cell.type, required: cell.required, choices: cell.choices.join('\n'), source: cell.source, least: cell.least, most: cell.most })

/** A form is built: cells, who is asked, by when. A former one may be changed while it is a draft, or copied. */
export function BuildForm({ former, posts, segments, findUnits, findPeople }: Props) {
  const t = useText(formsText)
  const toast = useToast()
  const navigate = useNavigate()
  const { today } = useBank()
  const [id] = useState(newId)
  const make = useAct(makeForm, { refresh: ['forms'] })
  const alter = useAct(changeForm, { refresh: ['forms'] })
  const changing = former !== null && !former.copy
  const form = useForm<Entry>({
    initial: former
      ? { title: former.title, why: former.why, answersFor: former.answersFor, mostRows: String(former.mostRows), cells: former.cells.map(draftOf), posts: former.posts, units: former.units, people: former.people, dueOn: former.copy ? null : former.dueOn, confirms: former.confirms, ...aboutWhom(former) }
      : { title: '', why: '', answersFor: 'PERSON', mostRows: '1', cells: [fresh(1)], posts: ['RM'], units: [], people: [], dueOn: null, confirms: false, ...aboutWhom(null) },
    check: (entry) => ({
      ...(entry.answersFor === 'CUSTOMER' && entry.purpose.trim().length < 2 ? { purpose: t('required') } : {}), ...(entry.answersFor === 'CUSTOMER' && entry.of === 'SEGMENT' && entry.segment === '' ? { segment: t('required') } : {}),
      ...(entry.title.trim().length < 2 ? { title: t('required') } : {}), ...(entry.why.trim().length < 2 ? { why: t('required') } : {}), ...(entry.dueOn === null ? { dueOn: t('required') } : {}), ...(entry.cells.length === 0 || entry.cells.some((cell) => cell.label.trim() === '') ? { cells: t('required') } : {}),
    }),
    send: async (entry) => {
      const about = entry.answersFor === 'CUSTOMER'
      const content = {
        title: entry.title, why: entry.why, answersFor: entry.answersFor, mostRows: about ? 1 : Number(entry.mostRows), dueOn: entry.dueOn ?? today, confirms: entry.confirms,
        cells: entry.cells.map((cell) => ({ code: cell.code, label: cell.label, type: cell.type, required: cell.required, choices: cell.type === 'CHOICE' ? cell.choices.split('\n').map((one) => one.trim()).filter((one) => one !== '') : [], source: cell.source, least: cell.least, most: cell.most })),
        customers: about ? { of: entry.of, kind: entry.of === 'SEGMENT' || entry.kind === '' ? null : (entry.kind as 'CORPORATE' | 'PERSON'), tiers: entry.of === 'SEGMENT' ? [] : entry.tiers, segment: entry.of === 'SEGMENT' ? entry.segment : null } : null, purpose: about ? entry.purpose : null,
        addressees: { posts: entry.answersFor !== 'OUTLET' ? entry.posts : [], units: entry.units.map((one) => Number(one.value)), people: entry.answersFor !== 'OUTLET' ? entry.people.map((one) => Number(one.value)) : [] },
      }
      const { reviews } = changing ? await alter.mutateAsync({ params: { formId: former.formId }, body: { edition: former.edition, ...content } }) : await make.mutateAsync({ body: { id, ...content, copiedFrom: former?.formId ?? null } })
      toast(reviews > 0 ? t('madeWaits', { n: reviews }) : t('madeToast'))
    },
  })
  const { cells } = form.values
  const about = form.values.answersFor === 'CUSTOMER'
  const put = (place: number, patch: Partial<Draft>): void => form.set('cells', cells.map((cell, nth) => (nth === place ? { ...cell, ...patch } : cell)))
  const next = 1 + Math.max(0, ...cells.map((cell) => Number(cell.code.slice(1))))
  return (
    <Page>
      <PageHeader title={changing ? former.title : t('build')} crumbs={[{ title: t('forms'), to: '/collection-forms?tab=asked' }]} />
      <Form form={form} submit={t('save')} onDone={() => { void navigate(`/collection-forms/${changing ? former.formId : id}`) }}>
        <FormSection id="form" title={t('title')}>
          <TextField form={form} name="title" label={t('title')} required max={60} />
          <AreaField form={form} name="why" label={t('why')} required max={300} rows={2} />
          <DayField form={form} name="dueOn" label={t('due')} required from={today} />
        </FormSection>
        <FormSection id="whom" title={t('whom')}>
          <RadioField form={form} name="answersFor" label={t('answersFor')} required options={answersForKinds.map((value) => ({ value, label: t(value) }))} />
          {about && (
            <>
              <AreaField form={form} name="purpose" label={t('dataPurpose')} hint={t('dataPurposeHint')} required max={100} rows={2} />
              {segments.length > 0 && <RadioField form={form} name="of" label={t('customers')} required options={(['OWN', 'SEGMENT'] as const).map((value) => ({ value, label: t(`of${value}`) }))} />}
              {form.values.of === 'SEGMENT' ? <ChoiceField form={form} name="segment" label={t('segment')} required options={segments} /> : (
                <>
                  <ChoiceField form={form} name="kind" label={t('kind')} options={[{ value: '', label: t('kindAny') }, { value: 'CORPORATE', label: t('CORPORATE') }, { value: 'PERSON', label: t('PERSONS') }]} />
                  <ChoiceField form={form} name="tiers" label={t('tiers')} hint={t('tiersHint')} options={tiers.map((value) => ({ value, label: t(value) }))} many />
                </>
              )}
            </>
          )}
          {form.values.answersFor !== 'OUTLET' && <ChoiceField form={form} name="posts" label={t('posts')} hint={t('whomHint')} options={posts} many />}
          <FindManyField form={form} name="units" label={t('units')} find={findUnits} />
          {form.values.answersFor !== 'OUTLET' && <FindManyField form={form} name="people" label={t('people')} find={findPeople} />}
          {!about && <ChoiceField form={form} name="mostRows" label={t('mostRows')} required options={[1, 5, 10, 20, 50].map((n) => ({ value: String(n), label: String(n) }))} />}
          <CheckField form={form} name="confirms" label={t('confirms')} hint={t('confirmsHint')} />
        </FormSection>
        <FormSection id="cells" title={t('cells')}>
          {cells.map((cell, place) => (
            <fieldset key={cell.code} style={{ border: '1px solid var(--yq-line)', borderRadius: 4, padding: 12, margin: '0 0 12px' }}>
              <legend className="yq-small yq-quiet">{t('cell', { n: place + 1 })}</legend>
              <div className="yq-grid" data-columns="3">
                <Field name="cells" label={t('label')} required>{(control) => <Input {...control} id={`label-${cell.code}`} aria-label={`${t('cell', { n: place + 1 })} ${t('label')}`} value={cell.label} maxLength={40} onChange={(event) => put(place, { label: event.target.value })} />}</Field>
                <Field name="cells" label={t('type')}>{(control) => <Select {...control} id={`type-${cell.code}`} aria-label={`${t('cell', { n: place + 1 })} ${t('type')}`} value={cell.type} options={cellTypes.map((value) => ({ value, label: t(value) }))} onChange={(value: CellType) => put(place, { type: value, source: null })} />}</Field>
                <Field name="cells" label={t('source')}>{(control) => <Select {...control} id={`source-${cell.code}`} aria-label={`${t('cell', { n: place + 1 })} ${t('source')}`} value={cell.source ?? ''} options={[{ value: '', label: t('noSource') }, ...cellSources.filter((one) => (cell.type === 'FILE' || (about && !customerSources.includes(one)) ? false : one === 'LAST' ? former?.copy === true : one.startsWith('DEPOSITS') ? cell.type === 'AMOUNT' : cell.type === 'WHOLE')).map((value) => ({ value, label: t(value) }))]} onChange={(value: string) => put(place, { source: value === '' ? null : (value as CellSource) })} />}</Field>
              </div>
              {cell.type === 'CHOICE' && <Field name="cells" label={t('choices')}>{(control) => <Input.TextArea {...control} id={`choices-${cell.code}`} aria-label={`${t('cell', { n: place + 1 })} ${t('choices')}`} value={cell.choices} rows={3} onChange={(event) => put(place, { choices: event.target.value })} />}</Field>}
              <div className="yq-row">
                <Checkbox checked={cell.required} onChange={(event) => put(place, { required: event.target.checked })}>{t('need')}</Checkbox>
                {cells.length > 1 && <Button size="small" aria-label={t('removeCell', { n: place + 1 })} onClick={() => form.set('cells', cells.filter((_cell, nth) => nth !== place))}>✕</Button>}
              </div>
            </fieldset>
          ))}
          {cells.length < 30 && <Button onClick={() => form.set('cells', [...cells, fresh(next)])}>{t('addCell')}</Button>}
        </FormSection>
      </Form>
    </Page>
  )
}
