/** Keeps passlift out of the build, and one copy of it for the whole process. */
export default { serverExternalPackages: ['passlift'] }
