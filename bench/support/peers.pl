# This program answers questions as peers.php does. crypt() is that of the C library: libxcrypt on most Linux.
use strict;
use warnings;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

# With an argument it says whether this crypt() has bcrypt.
if (@ARGV) {
    my $text = crypt('x', '$2y$04$' . 'a' x 21 . 'u') // '';
    die "a crypt() without bcrypt\n" if length $text != 60;
    exit 0;
}

$| = 1;
while (my $line = <STDIN>) {
    chomp $line;
    my ($kind, $calls, @fields) = split /\t/, $line;
    if ($kind eq 'version') {
        printf "perl %vd, crypt() of %s\n", $^V, library();
        next;
    }
    my ($password, $digest) = map { pack 'H*', $_ } @fields;
    my $matches = 0;
    my $start = clock_gettime(CLOCK_MONOTONIC);
    for (1 .. $calls) {
        $matches++ if crypt($password, $digest) eq $digest;
    }
    my $milliseconds = (clock_gettime(CLOCK_MONOTONIC) - $start) * 1000;
    die 'Calls differ.' if $matches != 0 && $matches != $calls;
    printf "%d\t%f\n", $matches == 0 ? 0 : 1, $milliseconds;
}

# The file that this process has loaded, its links followed: its name has the version.
sub library {
    open my $maps, '<', '/proc/self/maps' or return 'the C library';
    my ($path) = map { m{(/\S*libcrypt\S*)} ? $1 : () } <$maps>;
    return defined $path && $path =~ m{([^/]+)$} ? $1 : 'the C library';
}
