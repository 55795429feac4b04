/** The posts of the house. `breadth`: how far the holder sees customers; UNIT is the line in which he holds the post and everything below it. */
export type PostRow = { code: string; name: string; nameEn: string; sequence: 'FRONT' | 'RISK_CONTROL' | 'PROCESSING'; breadth: 'NONE' | 'SELF' | 'UNIT' | 'ALL' }

/** Every post that the permission table knows (domain specification 1.1; sequences 1.2). Who sees nobody by his post may be opened a customer by a grant. */
export const postTable: readonly PostRow[] = [
  // front: finds, serves, leads
  { code: 'RM', name: '客户经理', nameEn: 'Relationship manager', sequence: 'FRONT', breadth: 'SELF' },
  { code: 'TEAM_LEAD', name: '团队长', nameEn: 'Team lead', sequence: 'FRONT', breadth: 'UNIT' },
  { code: 'OUTLET_HEAD', name: '网点负责人', nameEn: 'Outlet head', sequence: 'FRONT', breadth: 'UNIT' },
  // managers belong to a department of the branch: the head of their place sees presence and sums, no customers (4.5)
  { code: 'OUTLET_HEAD_PLACE', name: '网点负责人（客户经理部制）', nameEn: 'Outlet head (managers in a department)', sequence: 'FRONT', breadth: 'NONE' },
  { code: 'BRANCH_HEAD', name: '行长', nameEn: 'Branch head', sequence: 'FRONT', breadth: 'UNIT' },
  { code: 'BANK_LEADER', name: '主管行长', nameEn: 'Bank leader', sequence: 'FRONT', breadth: 'ALL' },
  { code: 'LOBBY', name: '大堂经理', nameEn: 'Lobby manager', sequence: 'FRONT', breadth: 'UNIT' },
  { code: 'CUSTOMER_ASSISTANT', name: '客户助理', nameEn: 'Customer assistant', sequence: 'FRONT', breadth: 'NONE' },
  // risk control: reviews, approves, watches
  { code: 'REVIEWER', name: '授信审查岗', nameEn: 'Credit reviewer', sequence: 'RISK_CONTROL', breadth: 'NONE' },
  { code: 'DISBURSEMENT', name: '放款审核岗', nameEn: 'Disbursement checker', sequence: 'RISK_CONTROL', breadth: 'NONE' },
  { code: 'POST_LOAN', name: '贷后管理岗', nameEn: 'Post-loan manager', sequence: 'RISK_CONTROL', breadth: 'NONE' },
  { code: 'AUDIT', name: '稽核岗', nameEn: 'Auditor', sequence: 'RISK_CONTROL', breadth: 'NONE' },
  { code: 'COMPLIANCE', name: '合规岗', nameEn: 'Compliance officer', sequence: 'RISK_CONTROL', breadth: 'NONE' },
  { code: 'AML', name: '反洗钱岗', nameEn: 'Anti-money-laundering desk', sequence: 'RISK_CONTROL', breadth: 'ALL' },
  // processing: keeps the house running
  { code: 'HR', name: '人力资源岗', nameEn: 'Human resources', sequence: 'PROCESSING', breadth: 'NONE' },
  { code: 'PERFORMANCE', name: '绩效管理岗', nameEn: 'Performance officer', sequence: 'PROCESSING', breadth: 'NONE' },
  { code: 'PRODUCT', name: '产品经理', nameEn: 'Product manager', sequence: 'PROCESSING', breadth: 'NONE' },
  { code: 'DATA_STEWARD', name: '数据管理岗', nameEn: 'Data steward', sequence: 'PROCESSING', breadth: 'NONE' },
  { code: 'ADMIN', name: '系统管理岗', nameEn: 'Administrator', sequence: 'PROCESSING', breadth: 'NONE' },
]
