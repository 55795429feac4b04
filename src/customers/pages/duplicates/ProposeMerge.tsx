import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { Button } from 'antd'
import { newId } from '../../../foundation/values/uuid7.ts'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { ErrorState, isNotFound } from '../../../ui/ErrorState.tsx'
import { AreaField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/Form.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { previewMerge, proposeMerge, type MergeField } from '../../duplicates/duplicate.contract.ts'
import { duplicatesText } from './duplicates-text.ts'
import { MergeParts } from './MergeParts.tsx'

/** What a merge would do, field by field, and the proposal that a colleague confirms. */
export default function ProposeMerge() {
  const t = useText(duplicatesText)
  const navigate = useNavigate()
  const toast = useToast()
  const { customerId = '', otherId = '' } = useParams()
  const { data, error, refetch } = useContract(previewMerge, { params: { customerId, otherId } }, { keepOld: false })
  const [choices, setChoices] = useState<MergeField[]>([])
  const propose = useAct(proposeMerge, { refresh: ['duplicates', 'merges'], onDone: ({ id }) => { toast(t('proposed')); void navigate(`/merges/${id}`) } })
  const form = useForm({
    initial: { id: newId(), reason: '' }, check: ({ reason }) => ({ reason: [...reason.trim()].length < 2 ? t('needed') : undefined }),
    send: ({ id, reason }) => propose.mutateAsync({ params: { customerId }, body: { id, otherId, reason, choices } }),
  })
  if (isNotFound(error)) return <NotFound />
  return (
    <Page>
      <PageHeader title={t('mergeTitle')} crumbs={[{ title: t('title'), to: '/duplicates' }]} actions={<Button onClick={() => void navigate(`/customers/${otherId}/merge/${customerId}`, { replace: true })}>{t('swap')}</Button>} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton lines={12} /> : (
        <>
          <MergeParts preview={data} choices={choices} choose={setChoices} />
          <Block title={t('propose')}>
            <Form form={form} submit={t('propose')} onCancel={() => void navigate('/duplicates')}>
              <AreaField form={form} name="reason" label={t('mergeReason')} required max={200} />
            </Form>
          </Block>
        </>
      )}
    </Page>
  )
}
