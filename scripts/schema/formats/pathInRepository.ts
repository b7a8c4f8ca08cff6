/** How the file of a finding is called by those who look at the whole repository. */
export type PathInRepository = (file: string) => string;
