import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { useText } from '../../ui/text.ts'
import { useMay } from '../../ui/who.ts'
import { Batches } from './Batches.tsx'
import { messagesText } from './messages-text.ts'
import { Outbox } from './Outbox.tsx'
import { SendGreetings } from './SendGreetings.tsx'

/** Greetings to one's customers, what became of them, and those that wait for approval. */
export default function Greetings() {
  const t = useText(messagesText)
  const may = useMay()
  const tabs = [...(may('message.send') ? [{ key: 'send', label: t('tabSend') }] : []), { key: 'outbox', label: t('tabOutbox') }, { key: 'approve', label: t('tabApprove') }]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('greetings')} />
      <PageTabs tabs={tabs} label={t('greetings')} />
      {tab === 'send' ? <SendGreetings /> : tab === 'approve' ? <Batches /> : <Outbox />}
    </Page>
  )
}
