%% RabbitMQ's own modules, out of Debian's package, behind lines: a module's name, salt and password in, the digest out, all in
%% hexadecimal.
main([Folder]) ->
    code:add_patha(Folder),
    loop().

loop() ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            [Module, Salt, Password] = string:split(string:trim(Line, trailing, "\n"), " ", all),
            Digest = rabbit_password:salted_hash(list_to_atom(Module), bytes(Salt), bytes(Password)),
            io:format("~s~n", [binary:encode_hex(Digest)]),
            loop()
    end.

bytes(Text) ->
    binary:decode_hex(list_to_binary(Text)).
