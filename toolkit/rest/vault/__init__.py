"""Where secrets are kept: the keyring of this machine, or an encrypted file where there is none."""
