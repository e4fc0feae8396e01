/** One copy of passlift for all routes: its limits and its threads are those of the process. */
export default { serverExternalPackages: ['passlift'] }
