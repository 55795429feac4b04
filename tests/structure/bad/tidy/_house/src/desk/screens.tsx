export const screens = [
  { path: '/visits/new', page: () => import('../visits/pages/VisitForm.tsx') },
  { path: '/customers/:id', page: () => import('../customers/pages/CustomerPage.tsx') },
]
