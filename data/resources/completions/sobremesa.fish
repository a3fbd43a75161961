# SPDX-FileCopyrightText: The Sobremesa developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion for fish. sobremesa itself knows what may come next; this only carries words to and fro.

function __sobremesa_complete
    set -l typed (commandline -ct)
    set -l words (commandline -opc)
    for line in ($words[1] complete -- $words[2..] "$typed" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $typed
            case :folders
                __fish_complete_directories $typed
            case '*'
                echo $line
        end
    end
end

complete -c sobremesa -f -a '(__sobremesa_complete)'
