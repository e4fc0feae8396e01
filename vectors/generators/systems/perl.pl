# This program puts Perl's crypt(), which is libxcrypt's, behind the line protocol; with `eksblowfish`, Crypt::Eksblowfish.
use strict;
use warnings;
use JSON::PP;
use MIME::Base64;

my $eksblowfish = ($ARGV[0] // '') eq 'eksblowfish';
if ($eksblowfish) { require Crypt::Eksblowfish; require Crypt::Eksblowfish::Bcrypt }
$| = 1;

sub answer {
    my ($ask) = @_;
    if ($ask->{op} eq 'version') {
        return { version => $eksblowfish ? "$Crypt::Eksblowfish::VERSION, Perl " . sprintf('%vd', $^V) : 'Perl ' . sprintf('%vd', $^V) };
    }
    my $password = decode_base64($ask->{password});
    my $digest = $eksblowfish ? Crypt::Eksblowfish::Bcrypt::bcrypt($password, $ask->{setting}) : crypt($password, $ask->{setting});
    return defined $digest ? { digest => $digest } : { error => 'refused' };
}

while (my $line = <STDIN>) {
    my $answer = eval { answer(decode_json($line)) } // { error => "$@" };
    print encode_json($answer), "\n";
}
